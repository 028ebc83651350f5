package org.catseye.web.console.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catseye.web.RequestGuard.Answer;
import org.catseye.web.RequestGuard.Ask;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.WebContext;

/**
 * Has users who logged in a while ago prove who they are before they open the console or change something in it. What they typed is not lost: the
 * page that refuses a form asks for the password itself and then has the browser send the form again.
 */
final class ProofDoor {

    static final Refusal REFUSAL = new Refusal(403, WebContext.PROOF_REQUIRED, "Nothing was changed, because you logged in a while ago. Open "
            + WebContext.PROOF_PAGE + " in a new tab, confirm that it is you, then try again here. Programs: POST /api/v1/session/proof.", "");

    private static final String LOGOUT = "/system/console/logout";
    private static final String HTML = "text/html; charset=utf-8";
    /** Sending the form again counts as a form's action. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private static final String FORM_AGAIN = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="dark light">
            <link rel="icon" href="/ui/public/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/ui/public/theme.css">
            <title>Confirm that it is you – Catseye</title>
            <script type="module" src="/ui/public/confirm.js"></script>
            </head>
            <body class="doorway">
            <main><catseye-confirm purpose="resend"></catseye-confirm></main>
            <noscript><p>Nothing was changed. Catseye needs JavaScript.</p></noscript>
            </body>
            </html>
            """;
    /** The console's pages show in a dialog what their scripts get. */
    private static final String IN_DIALOG = "Nothing was changed, because you logged in a while ago.\n<a href=\"" + WebContext.PROOF_PAGE
            + "\" target=\"_blank\" rel=\"noopener\">Confirm that it is you</a> in a new tab, then try again here.";

    private ProofDoor() {
    }

    /** Where a person who opens a page has to go first. Other reading, such as that of an open page's scripts, goes on; so does logging out. */
    static Optional<Refusal> beforePage(Ask ask) {
        if (!accepts(ask, "text/html") || ask.has("X-Requested-With") || ask.target().equals(LOGOUT)) {
            return Optional.empty();
        }
        // In the fragment, which stays in the browser.
        String next = URLEncoder.encode(ask.target(), StandardCharsets.UTF_8).replace("+", "%20");
        return Optional.of(new Refusal(302, WebContext.PROOF_REQUIRED, "Confirm that it is you first.", WebContext.PROOF_PAGE + "#next=" + next));
    }

    /** How {@link #REFUSAL} reaches a form, a script of the console's pages, or a program. */
    static Answer answer(Ask ask) {
        if (ask.has("X-Requested-With")) {
            return html(IN_DIALOG);
        }
        return accepts(ask, "text/html") ? html(FORM_AGAIN) : new Answer(REFUSAL.status(), REFUSAL.headers(), REFUSAL.json().getBytes(StandardCharsets.UTF_8));
    }

    private static Answer html(String content) {
        return new Answer(REFUSAL.status(), Map.of("Content-Type", HTML, "Content-Security-Policy", POLICY), content.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean accepts(Ask ask, String type) {
        return ask.headers().apply("Accept").stream().anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains(type));
    }
}
