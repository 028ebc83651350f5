package org.catseye.web.console.guard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An inline script as a plug-in's template has it, with its variables: {@code var data = ${__data__};} or {@code '${title}'}. A script on a page is
 * this one if all text between the variables is the same, a variable in quotes holds text that does not end the quotes, and any other variable holds
 * one literal value. Such a script does what its author wrote, whatever the values are. Immutable.
 */
final class ScriptTemplate {

    private static final String OPEN = "${";

    /** Fixed text, then a variable. */
    private record Part(String text, char quote) {
    }

    /** In place of a quote: the variable is a value of its own. */
    private static final char VALUE = 'v';
    /** In place of a quote: the script ends here. */
    private static final char END = 'e';

    private final List<Part> parts;

    private ScriptTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @return empty if it is not clear of each variable whether it is in quotes */
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
            // A second variable in the same quotes is a part of the text there.
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

    /** @return where the quotes end; negative if a line ends before */
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
