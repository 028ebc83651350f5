package org.catseye.web.console.guard.policy;

/**
 * The position in a script after a part of its text: inside a string, inside a comment, or in neither. Parses only as much of
 * JavaScript as templates need.
 */
final class QuoteState {

    private static final char LINE_COMMENT = '/';
    private static final char BLOCK_COMMENT = '*';

    /** The quote inside a string, the second character of the opening marker inside a comment, otherwise 0. */
    private char inside;
    private int endedStrings;

    /** @return false if the text may be a regular expression or template string, after which quotes may have another meaning */
    boolean read(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (inside == '\'' || inside == '"') {
                at += c == '\\' ? 1 : 0;
                if (c == inside || c == '\n') {
                    inside = 0;
                    endedStrings++;
                }
            } else if (inside == LINE_COMMENT) {
                inside = c == '\n' ? 0 : inside;
            } else if (inside == BLOCK_COMMENT) {
                boolean ends = c == '*' && next == '/';
                at += ends ? 1 : 0;
                inside = ends ? 0 : inside;
            } else if (c == '\'' || c == '"') {
                inside = c;
            } else if (c == '/' && (next == LINE_COMMENT || next == BLOCK_COMMENT)) {
                inside = next;
                at++;
            } else if (c == '/' || c == '`' || c == '<' && next == '!') {
                return false;
            }
        }
        return true;
    }

    int endedStrings() {
        return endedStrings;
    }

    boolean inComment() {
        return inside == LINE_COMMENT || inside == BLOCK_COMMENT;
    }

    /** The quote of the current string; 0 outside a string. */
    char quote() {
        return inComment() ? 0 : inside;
    }
}
