package org.catseye.web.ui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.catseye.http.HtmlPage;
import org.catseye.http.RequestHeads;

/**
 * Serves assets. Browsers revalidate an asset each time they load it and usually get 304, so that after an update no user keeps
 * an old page.
 */
abstract class AssetServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final String NOT_FOUND = """
            <main><h1 data-status="404">Page not found</h1><p><a data-link="home" href="%s/">Go to the computers</a></p></main>
            """;

    /**
     * Sends the asset at a path.
     *
     * @param path as in the request line
     * @param response for further headers
     */
    abstract Optional<Asset> findAsset(String path, HttpServletResponse response);

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setStatus(405);
            response.setHeader("Allow", "GET, HEAD");
            return;
        }
        Optional<Asset> found = findAsset(request.getRequestURI(), response);
        if (found.isEmpty()) {
            sendAsset(request, response, 404, createNotFound(RequestHeads.findBasePath(request)));
            return;
        }
        response.setHeader("ETag", found.get().tag());
        response.setHeader("Cache-Control", "no-cache");
        String known = request.getHeader("If-None-Match");
        if (known != null && found.get().matchesTag(known)) {
            response.setStatus(304);
        } else {
            sendAsset(request, response, 200, found.get());
        }
    }

    /** The message in English; the script replaces it with the user's language. */
    private static Asset createNotFound(String basePath) {
        String page = HtmlPage.renderPage(basePath, "Page not found", "/ui/public/refusal.js", NOT_FOUND.formatted(HtmlPage.escapeText(basePath)));
        return Asset.ofContent("404.html", page.getBytes(StandardCharsets.UTF_8));
    }

    private static void sendAsset(HttpServletRequest request, HttpServletResponse response, int status, Asset asset) throws IOException {
        response.setStatus(status);
        response.setContentType(asset.type());
        response.setContentLength(asset.content().length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(asset.content());
        }
    }
}
