package org.catseye.web.console.guard.policy;

/** Where in a script one is after some of its text: in a string, in a comment, or in neither. Knows as much of JavaScript as templates need. */
final class QuoteState {

    private static final char LINE_COMMENT = '/';
    private static final char BLOCK_COMMENT = '*';

    /** A quote while in a string, the second letter of a comment's start while in a comment, else 0. */
    private char inside;
    private int endedStrings;

    /** @return false for what could be a regular expression or a template string: quotes may then mean something else from here on */
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

    /** 0 if not in a string. */
    char quote() {
        return inComment() ? 0 : inside;
    }
}
