package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Answer;
import org.catseye.web.RequestGuard.Ask;
import org.catseye.web.RequestGuard.Refusal;

/**
 * Keeps other sites from opening the console with a path and a query of their choice, be it by a link. A browser says where a request comes from in
 * {@code Sec-Fetch-Site} (W3C Fetch Metadata), which no page can write; where it sends none, over plain HTTP, the {@code Referer} counts, if
 * there is one. Programs send neither.
 */
final class CrossSiteCheck {

    /** An address that the user typed, or a bookmark; and our own pages. */
    private static final Set<String> OURS = Set.of("none", "same-origin");
    private static final byte[] PAGE = page();

    private final RequestGuard guard;

    CrossSiteCheck(RequestGuard guard) {
        this.guard = guard;
    }

    private static byte[] page() {
        try (InputStream in = CrossSiteCheck.class.getResourceAsStream("cross-site.html")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isForeign(Ask ask) {
        List<String> sites = ask.headers().apply("Sec-Fetch-Site");
        if (!sites.isEmpty()) {
            return !sites.stream().map(site -> site.strip().toLowerCase(Locale.ROOT)).allMatch(OURS::contains);
        }
        List<String> referers = ask.headers().apply("Referer");
        return !referers.isEmpty() && !referers.stream().allMatch(referer -> isOurs(ask, referer));
    }

    /** The guard decides which origins are ours: a page there could as well have sent a form. */
    private boolean isOurs(Ask ask, String referer) {
        Optional<String> origin = origin(referer);
        return origin.isPresent() && guard.judge(new Ask("POST", ask.secure(), ask.target(),
                name -> name.equalsIgnoreCase("Origin") ? List.of(origin.get()) : ask.headers().apply(name))).refusal().isEmpty();
    }

    private static Optional<String> origin(String referer) {
        try {
            URI uri = URI.create(referer.strip());
            return uri.getScheme() == null || uri.getRawAuthority() == null ? Optional.empty() : Optional.of(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Answers with a page whose link opens the console from its beginning, or with JSON. The page does not depend on the request, nor on a session. */
    Object refuse(Ask ask, HttpServletResponse response) {
        Answer answer = guard.answer(ask, new Refusal(403, "cross_site", "Another site asked for this. Open the web console from Catseye's own pages.", ""), "");
        boolean page = Optional.ofNullable(answer.headers().get("Content-Type")).orElse("").startsWith("text/html");
        try {
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            byte[] body = page ? PAGE : answer.body();
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.flushBuffer();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("the browser disconnected", e);
        }
    }
}
