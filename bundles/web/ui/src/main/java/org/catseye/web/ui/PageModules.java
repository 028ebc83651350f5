package org.catseye.web.ui;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.catseye.web.WebContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page modules that services declare by the property {@link WebContext#PAGE_MODULE}. Uses only the service properties. Thread-safe. */
@Component(service = PageModules.class)
public final class PageModules {

    private static final Logger LOG = LoggerFactory.getLogger(PageModules.class);

    /** A path on this server in plain characters: it is written into the page without escaping. */
    private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~/-]{1,255}");

    /** Best service first. */
    private final Map<ServiceReference<?>, String> modules = new ConcurrentSkipListMap<>(Comparator.<ServiceReference<?>>reverseOrder());

    @Reference(service = AnyService.class, target = "(" + WebContext.PAGE_MODULE + "=*)", cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addModule(ServiceReference<?> reference) {
        Object path = reference.getProperty(WebContext.PAGE_MODULE);
        if (path instanceof String text && PATH.matcher(text).matches()) {
            modules.put(reference, text);
        } else {
            LOG.warn("Bundle {}: {}={} is not a path like /power/panel.js; the page does not load it",
                    reference.getBundle().getSymbolicName(), WebContext.PAGE_MODULE, path);
        }
    }

    void removeModule(ServiceReference<?> reference) {
        modules.remove(reference);
    }

    /** Each module once, in the order of their services. */
    Set<String> listModules() {
        return new LinkedHashSet<>(modules.values());
    }
}
