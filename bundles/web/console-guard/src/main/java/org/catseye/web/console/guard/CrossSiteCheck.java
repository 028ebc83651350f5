package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.http.HtmlPage;
import org.catseye.http.HttpAnswer;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.http.SecurityHeaders;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;

/**
 * Prevents other sites from opening console URLs with a path and query of their choice, for example through a link. A browser
 * reports the source of a request in {@code Sec-Fetch-Site} (W3C Fetch Metadata), which no page can set. Over plain HTTP browsers
 * omit it, and the {@code Referer} is checked instead, if there is one. Programs send neither header.
 */
final class CrossSiteCheck {

    /** Requests from our own pages, and URLs that the user typed or bookmarked. */
    private static final Set<String> OURS = Set.of("none", "same-origin");
    private static final String CONTENT = """
            <h1>A link from another site</h1>
            <p>Another site sent you here. The web console can change everything on this device, so it opens only from a page of this device.</p>
            <a class="button primary wide" href="%1$s/system/console">Open the web console</a>
            <a class="button wide" href="%1$s/">To the computers</a>
            """;
    private static final Refusal REFUSAL = new Refusal(403, "cross_site", "Another site asked for this. Open the web console from Catseye's own pages.", "");

    private final RequestGuard guard;

    CrossSiteCheck(RequestGuard guard) {
        this.guard = guard;
    }

    boolean isForeign(RequestHead head) {
        List<String> sites = head.headers().apply("Sec-Fetch-Site");
        if (!sites.isEmpty()) {
            return !sites.stream().map(site -> site.strip().toLowerCase(Locale.ROOT)).allMatch(OURS::contains);
        }
        List<String> referers = head.headers().apply("Referer");
        return !referers.isEmpty() && !referers.stream().allMatch(referer -> isOurs(head, referer));
    }

    /** The guard decides which origins are our own, because a page there could send a form as well. */
    private boolean isOurs(RequestHead head, String referer) {
        Optional<String> origin = origin(referer);
        return origin.isPresent() && guard.judgeRequest(new RequestHead("POST", head.secure(), head.target(),
                name -> name.equalsIgnoreCase("Origin") ? List.of(origin.get()) : head.headers().apply(name), head.basePath())).refusal().isEmpty();
    }

    private static Optional<String> origin(String referer) {
        try {
            URI uri = URI.create(referer.strip());
            return uri.getScheme() == null || uri.getRawAuthority() == null ? Optional.empty() : Optional.of(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Responds with a page that links to the start page of the console, or with JSON. The page depends neither on the session nor
     * on what the client wrote.
     */
    Object refuse(RequestHead head, HttpServletResponse response) {
        HttpAnswer answer = RequestHeads.isNavigation(head) ? createPage(head.basePath()) : RefusalAnswer.createJson(head.basePath(), REFUSAL);
        try {
            answer.send(response);
            response.flushBuffer();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("the browser disconnected", e);
        }
    }

    private static HttpAnswer createPage(String basePath) {
        Map<String, String> headers = new HashMap<>(SecurityHeaders.all());
        headers.put("Content-Type", HtmlPage.CONTENT_TYPE);
        String page = HtmlPage.renderCard(basePath, "Web console", "", CONTENT.formatted(HtmlPage.escapeText(basePath)));
        return new HttpAnswer(REFUSAL.status(), headers, page.getBytes(StandardCharsets.UTF_8));
    }
}
