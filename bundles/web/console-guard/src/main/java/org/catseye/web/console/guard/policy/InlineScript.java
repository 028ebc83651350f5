package org.catseye.web.console.guard.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a script element without {@code src}, as a browser hashes it. If a browser reads a different text, its hash differs
 * and the script does not run. A mistake in parsing HTML can therefore disable a feature but never weaken the protection.
 */
record InlineScript(String text) {

    private static final Pattern START = Pattern.compile("<script(?=[\\s/>])", Pattern.CASE_INSENSITIVE);
    private static final Pattern END = Pattern.compile("</script(?=[\\s/>])", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOURCE = Pattern.compile("[\\s/]src\\s*=", Pattern.CASE_INSENSITIVE);

    static List<InlineScript> of(String html) {
        List<InlineScript> found = new ArrayList<>();
        Matcher start = START.matcher(html);
        Matcher end = END.matcher(html);
        int from = 0;
        while (start.find(from)) {
            int open = endOfTag(html, start.end());
            if (open < 0 || !end.find(open)) {
                break;
            }
            if (!SOURCE.matcher(html).region(start.end(), open).find()) {
                // HTML converts carriage returns to line feeds before parsing.
                found.add(new InlineScript(html.substring(open, end.start()).replace("\r\n", "\n").replace('\r', '\n')));
            }
            from = end.end();
        }
        return found;
    }

    /** @return the index after the tag; negative if the tag does not end */
    private static int endOfTag(String html, int from) {
        char quote = 0;
        for (int at = from; at < html.length(); at++) {
            char c = html.charAt(at);
            if (quote == 0 && c == '>') {
                return at + 1;
            }
            if (c == '"' || c == '\'') {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
        }
        return -1;
    }

    /** The hash in the format of a Content-Security-Policy. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
