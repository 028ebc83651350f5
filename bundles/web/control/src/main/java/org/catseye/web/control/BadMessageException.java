package org.catseye.web.control;

/** What is wrong with a message, where, and what would be right; in words for its sender. Without a stack: floods must be cheap. */
final class BadMessageException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MOST_ECHO = 40;

    private final String code;

    BadMessageException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static BadMessageException bad(String message) {
        return new BadMessageException("bad_message", message);
    }

    /** For machines: {@code bad_message} or {@code unknown_code}. */
    String code() {
        return code;
    }

    /** Foreign text that is safe to be repeated: short, plain, quoted. */
    static String echo(String text) {
        StringBuilder safe = new StringBuilder("\"");
        text.chars().limit(MOST_ECHO).forEach(c -> safe.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : (char) c));
        return safe.append(text.length() > MOST_ECHO ? "...\"" : "\"").toString();
    }
}
