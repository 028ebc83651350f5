package org.catseye.web.rest.media;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An answer whose content a browser saves as a file and never shows (RFC 6266). */
final class Attachment {

    private Attachment() {
    }

    static void describe(HttpServletResponse response, String fileName, long bytes) {
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(bytes);
        response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''" + URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
