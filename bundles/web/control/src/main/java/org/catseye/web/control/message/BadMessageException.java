package org.catseye.web.control.message;

/** A message that cannot be used. The text says what is wrong, where, and what is valid. Without a stack trace, because floods must be cheap. */
public final class BadMessageException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MAX_QUOTED_CHARS = 40;

    private final String code;

    BadMessageException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static BadMessageException badMessage(String message) {
        return new BadMessageException("bad_message", message);
    }

    /** For programs: {@code bad_message} or {@code unknown_code}. */
    public String errorCode() {
        return code;
    }

    /** Makes text from a client safe to repeat: short, printable ASCII, in quotes. */
    static String quoteSafely(String text) {
        StringBuilder safe = new StringBuilder("\"");
        text.chars().limit(MAX_QUOTED_CHARS).forEach(c -> safe.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : (char) c));
        return safe.append(text.length() > MAX_QUOTED_CHARS ? "...\"" : "\"").toString();
    }
}
