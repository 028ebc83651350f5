package org.catseye.media;

import java.io.IOException;

/** Something was not done. The message is one sentence for the user: what was wrong, and what would be right. */
public final class MediaException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why it was not done. */
    public enum Reason {
        /** There is no such image, upload, download or drive. */
        NOT_FOUND,
        /** The name is empty, too long, hidden, or contains characters that it must not. */
        BAD_NAME,
        /** The URL is malformed, or not one that the caller may use. */
        BAD_URL,
        /** Another image has this name. */
        EXISTS,
        /** The image is attached. */
        IN_USE,
        /** The request does not fit what is stored: another offset, or bytes are missing. */
        CONFLICT,
        /** The disk is full, or would be. */
        NO_SPACE,
        /** More content came than was announced. */
        TOO_LARGE,
        /** Too many uploads or downloads at a time. */
        TOO_MANY,
        /** The drive cannot do this: the kind of medium, or writing. */
        UNSUPPORTED,
        /** The remote computer has locked the drive. Ejecting by force is possible. */
        LOCKED,
        /** Another request is being carried out. */
        BUSY,
        /** The folder or the drive cannot be used at the moment. */
        UNAVAILABLE,
        /** The drive or the disk failed. */
        FAILED
    }

    private final Reason reason;

    public MediaException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** @param cause for the log; may be null */
    public MediaException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
