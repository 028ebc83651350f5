package org.catseye.web.console.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.catseye.http.HtmlPage;
import org.catseye.http.HttpAnswer;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.WebContext;

/**
 * Requires users who logged in some time ago to confirm their identity before they open the console or change anything in it.
 * Form input is not lost: the page that refuses a form asks for the password itself and then makes the browser send the form
 * again.
 */
final class ProofDoor {

    static final Refusal REFUSAL = new Refusal(403, WebContext.PROOF_REQUIRED, "Nothing was changed, because you logged in a while ago. Open "
            + WebContext.PROOF_PAGE + " in a new tab, confirm your identity, then try again here. Programs: POST /api/v1/session/proof.", "");

    private static final String LOGOUT = "/system/console/logout";
    /** Allows form actions, because the browser sends the form again. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private static final String FORM_AGAIN = """
            <main><catseye-confirm purpose="resend"></catseye-confirm></main>
            <noscript><p>Nothing was changed. Catseye needs JavaScript.</p></noscript>
            """;
    /** The pages of the console show the response to their scripts in a dialog. */
    private static final String IN_DIALOG = "Nothing was changed, because you logged in a while ago.\n<a href=\"%s" + WebContext.PROOF_PAGE
            + "\" target=\"_blank\" rel=\"noopener\">Confirm your identity</a> in a new tab, then try again here.";

    private ProofDoor() {
    }

    /**
     * Redirects a user who opens a page to the confirmation page. Other read requests, such as those of scripts in an open page,
     * and the logout are not affected.
     */
    static Optional<Refusal> beforePage(RequestHead head) {
        if (!RequestHeads.acceptsHtml(head) || head.hasHeader("X-Requested-With") || head.target().equals(LOGOUT)) {
            return Optional.empty();
        }
        // In the fragment, which stays in the browser.
        String next = URLEncoder.encode(head.target(), StandardCharsets.UTF_8).replace("+", "%20");
        return Optional.of(new Refusal(302, WebContext.PROOF_REQUIRED, "Confirm your identity first.", WebContext.PROOF_PAGE + "#next=" + next));
    }

    /** Formats {@link #REFUSAL} for a form, a script of a console page, or a program. */
    static HttpAnswer answer(RequestHead head) {
        if (head.hasHeader("X-Requested-With")) {
            return html(IN_DIALOG.formatted(HtmlPage.escapeText(head.basePath())));
        }
        return RequestHeads.acceptsHtml(head)
                ? html(HtmlPage.renderPage(head.basePath(), "Confirm your identity", "/ui/public/confirm.js", FORM_AGAIN))
                : RefusalAnswer.createJson(head.basePath(), REFUSAL);
    }

    private static HttpAnswer html(String content) {
        return new HttpAnswer(REFUSAL.status(), Map.of("Content-Type", HtmlPage.CONTENT_TYPE, "Content-Security-Policy", POLICY), content.getBytes(StandardCharsets.UTF_8));
    }
}
