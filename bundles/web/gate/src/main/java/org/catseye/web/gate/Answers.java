package org.catseye.web.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.catseye.web.RequestGuard.Answer;
import org.catseye.web.RequestGuard.Ask;
import org.catseye.web.RequestGuard.Refusal;

/** How a refusal reaches whoever asked: as a page, if a person looks at it, else as JSON. */
final class Answers {

    private Answers() {
    }

    /** Whether a person looks at the answer. */
    static boolean navigates(Ask ask) {
        return (ask.method().equals("GET") || ask.method().equals("HEAD")) && !ask.has("Upgrade") && !ask.target().startsWith("/api/")
                && ask.headers().apply("Accept").stream().anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"));
    }

    /** @param user as whom the caller is logged in; empty if as nobody, or if that is not known */
    static Answer of(Ask ask, Refusal refusal, String user) {
        if (!navigates(ask) || !refusal.location().isEmpty()) {
            return new Answer(refusal.status(), refusal.headers(), refusal.json().getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> headers = new HashMap<>(SecurityHeaders.all());
        headers.put("Content-Type", "text/html; charset=utf-8");
        return new Answer(refusal.status(), headers, page(ask, refusal, user).getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    /** In English; the script shows the same texts in the user's language, the refusal's own message stays as it is. */
    private static String page(Ask ask, Refusal refusal, String user) {
        String who = user.isEmpty() ? "" : "<p class=\"card-lead\" data-user=\"" + escaped(user) + "\">You are logged in as <strong>" + escaped(user)
                + "</strong>.</p>\n";
        String other = user.isEmpty() || refusal.status() != 403 ? "" : "<a class=\"button wide\" data-link=\"login\" href=\"/login#other=1&amp;next="
                + URLEncoder.encode(ask.target(), StandardCharsets.UTF_8).replace("+", "%20") + "\">Log in as another user</a>\n";
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="dark light">
                <link rel="icon" href="/ui/public/icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/ui/public/theme.css">
                <title>%1$s – Catseye</title>
                <script type="module" src="/ui/public/refusal.js"></script>
                </head>
                <body class="doorway">
                <main><div class="card">
                <div class="card-brand"><img class="logo" src="/ui/public/icon.svg" alt=""><span class="brand-name">Catseye</span></div>
                <h1 data-status="%5$d">%1$s</h1>
                <p>%2$s</p>
                %3$s<a class="button primary wide" data-link="home" href="/">Go to the computers</a>
                %4$s</div></main>
                </body>
                </html>
                """.formatted(title(refusal.status()), escaped(refusal.message()), who, other, refusal.status());
    }

    private static String title(int status) {
        return switch (status) {
            case 403 -> "Not permitted";
            case 404 -> "Page not found";
            case 503 -> "Currently unavailable";
            case 507 -> "The disk is full";
            default -> status < 500 ? "This request cannot be carried out" : "Something went wrong";
        };
    }

    /** Text as it stands in HTML, in an attribute too. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
