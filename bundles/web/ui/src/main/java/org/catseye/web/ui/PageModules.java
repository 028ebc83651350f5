package org.catseye.web.ui;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catseye.web.WebContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page modules that services declare with the property {@link WebContext#PAGE_MODULE}, and the files of bundles whose modules
 * are below {@link WebContext#PLUGIN_FILES}. Uses only the service properties. Thread-safe.
 */
@Component(service = PageModules.class)
public final class PageModules {

    private static final Logger LOG = LoggerFactory.getLogger(PageModules.class);

    /** A path on this server with plain characters only, because it is written into the page without escaping. */
    private static final Pattern PATH = Pattern.compile("/(?!/)[A-Za-z0-9._~/-]{1,255}");

    /** In order of service ranking, highest first. */
    private final Map<ServiceReference<?>, PageModule> modules = new ConcurrentSkipListMap<>(Comparator.<ServiceReference<?>>reverseOrder());

    /**
     * A module of the page.
     *
     * @param files of the bundle, without a slash at the beginning of a name; empty if the bundle serves the module itself
     * @param folder path of these files
     */
    private record PageModule(String path, String folder, Optional<Assets> files) {
    }

    @Reference(service = AnyService.class, target = "(" + WebContext.PAGE_MODULE + "=*)", cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addModule(ServiceReference<?> reference) {
        Object path = reference.getProperty(WebContext.PAGE_MODULE);
        if (path instanceof String text && PATH.matcher(text).matches()) {
            String folder = WebContext.PLUGIN_FILES + reference.getBundle().getSymbolicName() + "/";
            modules.put(reference, new PageModule(text, folder, text.startsWith(folder) ? Optional.of(Assets.ofBundle(reference.getBundle())) : Optional.empty()));
        } else {
            LOG.warn("Bundle {}: {}={} is not a path like /power/panel.js; the page does not load it",
                    reference.getBundle().getSymbolicName(), WebContext.PAGE_MODULE, path);
        }
    }

    void removeModule(ServiceReference<?> reference) {
        modules.remove(reference);
    }

    /** The path of each module, without duplicates, in the order of their services. */
    Set<String> listModules() {
        return modules.values().stream().map(PageModule::path).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Finds a file of a bundle with a module by its path on this server. */
    Optional<Asset> findFile(String path) {
        return modules.values().stream().filter(module -> path.startsWith(module.folder()))
                .flatMap(module -> module.files().flatMap(files -> files.findAsset(path.substring(module.folder().length()))).stream()).findFirst();
    }
}
