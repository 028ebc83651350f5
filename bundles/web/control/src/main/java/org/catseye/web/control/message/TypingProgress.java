package org.catseye.web.control.message;

/**
 * How far a text has been typed. It never has the text.
 *
 * @param user who types it
 * @param typed number of characters that the remote computer has taken
 * @param total number of characters of the text
 * @param code why it stopped early, for programs; empty otherwise
 * @param message the same for people, in English
 */
public record TypingProgress(String id, String user, int typed, int total, State state, String code, String message) {

    /** The states of a text. */
    public enum State {
        TYPING,
        /** All of it has arrived. */
        DONE,
        /** The user cancelled it. */
        CANCELLED,
        /** It can't go on; the code says why. */
        STOPPED
    }

    public static TypingProgress begin(String id, String user, int total) {
        return new TypingProgress(id, user, 0, total, State.TYPING, "", "");
    }

    public TypingProgress withTyped(int count) {
        return new TypingProgress(id, user, count, total, state, code, message);
    }

    public TypingProgress end(State last, String why, String description) {
        return new TypingProgress(id, user, typed, total, last, why, description);
    }
}
