package org.catseye.web.console.guard;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.deploy.AddedBundles;
import org.catseye.deploy.AddedBundles.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Installs an uploaded bundle in place of the web console, which would replace any bundle that has the same symbolic name, also one of the
 * product, and answers a bundle that does not run like one that does. Runs after {@link ConsoleGuard}, which has checked the user and the
 * length.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)")
public final class UploadFilter implements Filter {

    private static final String FIELD = "bundlefile";
    private static final String START_FIELD = "bundlestart";
    private static final String USER = "org.apache.felix.webconsole.user";
    private static final int CONFLICT = 409;

    private final Audit audit;
    /** Without it, every upload is refused. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile AddedBundles bundles;

    @Activate
    public UploadFilter(@Reference Audit audit) {
        this.audit = audit;
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) given;
        List<Part> jars = request.getMethod().equals("POST") && Asked.parts(request)
                ? request.getParts().stream().filter(part -> part.getName().equals(FIELD)).toList() : List.of();
        if (jars.isEmpty()) {
            chain.doFilter(given, answer);
            return;
        }
        AddedBundles target = bundles;
        if (target == null) {
            sendText((HttpServletResponse) answer, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "Nothing is installed: the bundle of the drop folder does not run.\n");
            return;
        }
        install(target, jars, request, (HttpServletResponse) answer);
    }

    private void install(AddedBundles target, List<Part> jars, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        List<InputStream> content = new ArrayList<>();
        try {
            for (Part part : jars) {
                content.add(part.getInputStream());
            }
            List<Result> results = target.addBundles(content, request.getPart(START_FIELD) != null);
            String problems = IntStream.range(0, jars.size()).mapToObj(i -> describe(request, jars.get(i), results.get(i))).collect(Collectors.joining());
            if (problems.isEmpty()) {
                // Relative, because a proxy may publish the console elsewhere.
                response.setHeader("Location", request.getRequestURI().endsWith("/") ? "./" : "bundles");
                response.setStatus(HttpServletResponse.SC_FOUND);
            } else {
                sendText(response, CONFLICT, problems);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the bundles were starting", e);
        } finally {
            for (InputStream in : content) {
                in.close();
            }
        }
    }

    /** Empty for a bundle that runs. */
    private String describe(HttpServletRequest request, Part part, Result result) {
        if (result.problem().isEmpty()) {
            return "";
        }
        String file = Asked.clean(String.valueOf(part.getSubmittedFileName()));
        if (!result.added()) {
            String user = request.getAttribute(USER) instanceof Session session ? session.user() : "";
            audit.record("console.refused", user, request.getRemoteAddr(), Map.of("asked", "upload", "file", file, "reason", result.problem().get()));
        }
        return file + (result.added() ? " is installed, but does not run: " : " is not installed: ") + result.problem().get() + ".\n";
    }

    private static void sendText(HttpServletResponse response, int status, String message) throws IOException {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
