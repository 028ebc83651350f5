package org.catseye.web.console.guard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An inline script in a template of a plug-in, with its variables: {@code var data = ${__data__};} or {@code '${title}'}. A
 * script on a page matches if all text between the variables is identical, each variable in quotes contains text that does not
 * end the quotes, and each other variable contains a single literal value. Such a script does what its author wrote, whatever the
 * values are. Immutable.
 */
final class ScriptTemplate {

    private static final String OPEN = "${";

    /** Fixed text followed by a variable. */
    private record Part(String text, char quote) {
    }

    /** In place of a quote: the variable is a complete value. */
    private static final char VALUE = 'v';
    /** In place of a quote: the end of the script. */
    private static final char END = 'e';

    private final List<Part> parts;

    private ScriptTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @return empty if it is unclear for any variable whether it is in quotes */
    static Optional<ScriptTemplate> of(InlineScript script) {
        String text = script.text();
        List<Part> parts = new ArrayList<>();
        QuoteState state = new QuoteState();
        int from = 0;
        for (int at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, from)) {
            int end = text.indexOf('}', at);
            String fixed = text.substring(from, at);
            int strings = state.endedStrings();
            boolean inString = state.quote() != 0;
            if (end < 0 || !state.read(fixed) || state.inComment()) {
                return Optional.empty();
            }
            // A second variable in the same quotes is part of that text.
            if (!inString || strings != state.endedStrings()) {
                parts.add(new Part(fixed, state.quote() == 0 ? VALUE : state.quote()));
            }
            from = end + 1;
        }
        parts.add(new Part(text.substring(from), END));
        return Optional.of(new ScriptTemplate(parts));
    }

    boolean matches(InlineScript script) {
        String text = script.text();
        int at = 0;
        for (Part part : parts) {
            if (!text.startsWith(part.text(), at)) {
                return false;
            }
            at += part.text().length();
            if (part.quote() == END) {
                return at == text.length();
            }
            at = part.quote() == VALUE ? new DataLiteral(text).end(at) : quoted(text, at, part.quote());
            if (at < 0) {
                return false;
            }
        }
        return false;
    }

    /** @return the index at which the quotes end; negative if the line ends first */
    private static int quoted(String text, int from, char quote) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                return at;
            }
            boolean escape = c == '\\' && ++at < text.length();
            if (endsLine(escape ? text.charAt(at) : c)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean endsLine(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == 0;
    }
}
