package org.catseye.web.ui;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Serves assets. Browsers revalidate an asset each time they load it and usually get 304, so that after an update no user keeps
 * an old page.
 */
abstract class AssetServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** The message in English; the script replaces it with the user's language. */
    private static final Asset NOT_FOUND = Asset.ofContent("404.html", """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <link rel="stylesheet" href="/ui/public/theme.css">
              <title>Page not found – Catseye</title>
              <script type="module" src="/ui/public/refusal.js"></script>
            </head>
            <body class="doorway">
              <main><h1 data-status="404">Page not found</h1><p><a data-link="home" href="/">Go to the computers</a></p></main>
            </body>
            </html>
            """.getBytes(StandardCharsets.UTF_8));

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
            sendAsset(request, response, 404, NOT_FOUND);
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

    private static void sendAsset(HttpServletRequest request, HttpServletResponse response, int status, Asset asset) throws IOException {
        response.setStatus(status);
        response.setContentType(asset.type());
        response.setContentLength(asset.content().length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(asset.content());
        }
    }
}
