package org.catseye.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;

/** Turns a refusal into an answer: a page if a person opened one in a browser, else JSON. */
public final class RefusalAnswer {

    private static final String SCRIPT = "/ui/public/refusal.js";

    private RefusalAnswer() {
    }

    /**
     * The answer in the form that suits the request.
     *
     * @param user name of the user who is logged in; empty for none, or if that is unknown
     */
    public static HttpAnswer create(RequestHead head, Refusal refusal, String user) {
        if (RequestHeads.isRedfish(head.target())) {
            return createRedfish(refusal);
        }
        if (!RequestHeads.isNavigation(head) || !refusal.location().isEmpty()) {
            return createJson(head.basePath(), refusal);
        }
        Map<String, String> headers = new HashMap<>(SecurityHeaders.all());
        headers.put("Content-Type", HtmlPage.CONTENT_TYPE);
        return new HttpAnswer(refusal.status(), headers, renderPage(head, refusal, user).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The answer for a program.
     *
     * @param basePath of the request, see {@link org.catseye.web.WebContext#BASE_PATH}
     */
    public static HttpAnswer createJson(String basePath, Refusal refusal) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", Problem.CONTENT_TYPE));
        if (!refusal.location().isEmpty()) {
            headers.put("Location", refusal.location().startsWith("/") ? basePath + refusal.location() : refusal.location());
        }
        addChallenge(refusal, headers);
        return new HttpAnswer(refusal.status(), headers, new Problem(refusal.code(), refusal.message()).toBytes());
    }

    private static HttpAnswer createRedfish(Refusal refusal) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", Problem.CONTENT_TYPE, "Cache-Control", "no-store",
                RedfishError.VERSION_HEADER, RedfishError.VERSION));
        addChallenge(refusal, headers);
        RedfishError error = refusal.status() == 401
                ? new RedfishError("NoValidSession", refusal.message(), List.of(), "", "Log in, or send the right user name and password.")
                : RedfishError.ofMessage(refusal.message());
        return new HttpAnswer(refusal.status(), headers, error.toBytes());
    }

    private static void addChallenge(Refusal refusal, Map<String, String> headers) {
        if (refusal.status() == 401) {
            // Basic comes first, because ffmpeg reads no further.
            headers.put("WWW-Authenticate", refusal.offersBasic() ? "Basic realm=\"Catseye\", Bearer" : "Bearer");
        }
    }

    /** In English. The script shows the same texts in the user's language; the message stays as it is. */
    private static String renderPage(RequestHead head, Refusal refusal, String user) {
        String title = chooseTitle(refusal.status());
        return HtmlPage.renderCard(head.basePath(), title, SCRIPT, """
                <h1 data-status="%d">%s</h1>
                <p>%s</p>
                %s<a class="button primary wide" data-link="home" href="%s/">Go to the computers</a>
                %s""".formatted(refusal.status(), title, HtmlPage.escapeText(refusal.message()), renderUser(user), HtmlPage.escapeText(head.basePath()),
                renderLogin(head, refusal, user)));
    }

    private static String renderUser(String user) {
        String name = HtmlPage.escapeText(user);
        return user.isEmpty() ? "" : "<p class=\"card-lead\" data-user=\"" + name + "\">You are logged in as <strong>" + name + "</strong>.</p>\n";
    }

    private static String renderLogin(RequestHead head, Refusal refusal, String user) {
        if (user.isEmpty() || refusal.status() != 403) {
            return "";
        }
        String next = URLEncoder.encode(head.target(), StandardCharsets.UTF_8).replace("+", "%20");
        return "<a class=\"button wide\" data-link=\"login\" href=\"" + HtmlPage.escapeText(head.basePath()) + "/login#other=1&amp;next=" + next + "\">Log in as another user</a>\n";
    }

    private static String chooseTitle(int status) {
        return switch (status) {
            case 403 -> "Not permitted";
            case 404 -> "Page not found";
            case 503 -> "Currently unavailable";
            case 507 -> "The disk is full";
            default -> status < 500 ? "This request cannot be carried out" : "Something went wrong";
        };
    }
}
