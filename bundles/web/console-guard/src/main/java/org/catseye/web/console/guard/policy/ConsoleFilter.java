package org.catseye.web.console.guard.policy;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catseye.http.RequestHeads;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@link ConsolePolicy} to every response of the web console and its plug-ins. Without it, the headers of the guard
 * apply, which allow no inline scripts. Runs after the guard, so it never receives a refused request.
 */
@Component(service = Filter.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=" + ConsoleFilter.CONSOLE + ")")
@HttpWhiteboardFilterPattern("/*")
public final class ConsoleFilter implements Filter {

    /** Name of the console's bundle and of its servlet context. */
    static final String CONSOLE = "org.apache.felix.webconsole";

    private static final String LABEL = "felix.webconsole.label";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleFilter.class);

    private final KnownScripts scripts;

    @Activate
    public ConsoleFilter(BundleContext context) {
        this(new KnownScripts(label -> sources(context, label), KnownScripts.list()));
    }

    ConsoleFilter(KnownScripts scripts) {
        this.scripts = scripts;
    }

    private static Set<Bundle> sources(BundleContext context, String label) {
        Set<Bundle> found = new LinkedHashSet<>();
        Arrays.stream(context.getBundles()).filter(bundle -> CONSOLE.equals(bundle.getSymbolicName())).forEach(found::add);
        try {
            Stream.of(Optional.ofNullable(context.getAllServiceReferences(null, "(" + LABEL + "=*)")).orElse(new ServiceReference<?>[0]))
                    .filter(plugin -> label.equals(plugin.getProperty(LABEL))).map(ServiceReference::getBundle).filter(Objects::nonNull).forEach(found::add);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(LABEL, e);
        }
        return found;
    }

    /** @param path the decoded path below the console */
    private static String label(String path) {
        return path.replaceFirst("^/", "").replaceFirst("(?s)/.*", "");
    }

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answer, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        HttpServletResponse response = (HttpServletResponse) answer;
        ConsolePolicy.set(response);
        String path = request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
        Optional<byte[]> own = OwnScripts.of(path);
        if (own.isPresent()) {
            response.setContentType("text/javascript; charset=utf-8");
            response.setHeader(ConsolePolicy.CACHING, ConsolePolicy.caching(response.getContentType()));
            response.setContentLength(own.get().length);
            response.getOutputStream().write(own.get());
            return;
        }
        String basePath = RequestHeads.findBasePath(request);
        GuardedResponse guarded = new GuardedResponse(response, basePath, html -> scripts.hashes(label(path), html));
        try {
            chain.doFilter(new ConsoleRequest(request, basePath), guarded);
            guarded.finish();
        } catch (StackOverflowError | GuardedOutput.PageTooLongException e) {
            // The console also replaces ${variables} inside their values, endlessly if one contains itself (a bundle named ${__data__}).
            LOG.warn("A page of the web console cannot be shown: it is too long, or a value on it refers to itself");
            guarded.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }
}
