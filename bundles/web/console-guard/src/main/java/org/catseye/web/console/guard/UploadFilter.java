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
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.deploy.BundleReview;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Checks an uploaded bundle before the web console installs it. Without this check, the console would replace any bundle that has
 * the same symbolic name. Runs after {@link ConsoleGuard}, which has checked the user and the length.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)")
public final class UploadFilter implements Filter {

    private static final String FIELD = "bundlefile";
    private static final String USER = "org.apache.felix.webconsole.user";
    private static final int CONFLICT = 409;

    private final BundleReview review;
    private final Audit audit;

    @Activate
    public UploadFilter(@Reference BundleReview review, @Reference Audit audit) {
        this.review = review;
        this.audit = audit;
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) given;
        if (request.getMethod().equals("POST") && Asked.parts(request)) {
            for (Part part : request.getParts()) {
                Optional<String> problem = part.getName().equals(FIELD) ? headers(part).flatMap(review::findProblem) : Optional.empty();
                if (problem.isPresent()) {
                    refuse(request, (HttpServletResponse) answer, part, problem.get());
                    return;
                }
            }
        }
        chain.doFilter(given, answer);
    }

    /** Empty if the file is not a jar; the console refuses it itself. */
    private static Optional<Attributes> headers(Part part) throws IOException {
        try (InputStream in = part.getInputStream(); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                    return Optional.of(new Manifest(zip).getMainAttributes());
                }
            }
            return Optional.empty();
        } catch (java.util.zip.ZipException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Part part, String problem) throws IOException {
        String file = Asked.clean(String.valueOf(part.getSubmittedFileName()));
        String user = request.getAttribute(USER) instanceof Session session ? session.user() : "";
        audit.record("console.refused", user, request.getRemoteAddr(), Map.of("asked", "upload", "file", file, "reason", problem));
        byte[] text = (file + " is not installed: " + problem + ".\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(CONFLICT);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
