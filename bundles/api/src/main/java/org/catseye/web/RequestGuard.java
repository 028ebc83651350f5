package org.catseye.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.access.Session;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Judges web requests: who asks, and whether a foreign page may have made a browser ask. The gate asks it for all that lies in
 * the guarded context; a door outside of that (the web console) asks it by itself. Thread-safe; does not block.
 */
@ProviderType
public interface RequestGuard {

    /** The session of the caller, or why nobody may do this. Says nothing about permissions. */
    Verdict judge(Ask ask);

    /** What to answer somebody who has no session and needs one: a page that gives one, or 401. */
    Refusal turnAway(Ask ask);

    /**
     * How a refusal is to reach whoever asked: a small page, if a person looks at it, else JSON.
     *
     * @param user as whom the caller is logged in; empty if as nobody, or if that is not known
     */
    Answer answer(Ask ask, Refusal refusal, String user);

    /**
     * A whole answer.
     *
     * @param status of HTTP
     * @param headers by name; they come in place of those that were set before
     * @param body not to be changed
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {
    }

    /**
     * What matters of a request.
     *
     * @param method in capitals
     * @param secure whether it came over TLS
     * @param target path and query as they stand in the request line
     * @param headers gives all values of a header by its name; an empty list if there is none
     */
    record Ask(String method, boolean secure, String target, Function<String, List<String>> headers) {

        /** Whether the header was sent, even if empty. */
        public boolean has(String header) {
            return !headers.apply(header).isEmpty();
        }
    }

    /**
     * The judgement.
     *
     * @param session valid, if there is one
     * @param refusal present if the request must not be served, whoever asks
     * @param proved whether the session's user proved recently enough who they are to make changes that give power
     */
    record Verdict(Optional<Session> session, Optional<Refusal> refusal, boolean proved) {
    }

    /**
     * How to say no.
     *
     * @param status of HTTP
     * @param code for machines
     * @param message for people
     * @param location where to send the browser; empty unless the status is 302 or 308
     * @param basic with status 401: whether to offer HTTP Basic (RFC 7617) as well, which makes a browser ask its user; named first, because
     *     ffmpeg looks no further
     */
    record Refusal(int status, String code, String message, String location, boolean basic) {

        public Refusal(int status, String code, String message, String location) {
            this(status, code, message, location, false);
        }

        /** The headers of the answer, by name. */
        public Map<String, String> headers() {
            String type = "application/json";
            return switch (status) {
                case 302, 308 -> Map.of("Content-Type", type, "Location", location);
                case 401 -> Map.of("Content-Type", type, "WWW-Authenticate", basic ? "Basic realm=\"Catseye\", Bearer" : "Bearer");
                default -> Map.of("Content-Type", type);
            };
        }

        /** The body of the answer: {@code {"error":{"code":..,"message":..}}}. */
        public String json() {
            return "{\"error\":{\"code\":\"" + quoted(code) + "\",\"message\":\"" + quoted(message) + "\"}}";
        }

        private static String quoted(String text) {
            StringBuilder result = new StringBuilder();
            text.chars().forEach(c -> {
                if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                    result.append(String.format("\\u%04x", c));
                } else {
                    result.append((char) c);
                }
            });
            return result.toString();
        }
    }
}
