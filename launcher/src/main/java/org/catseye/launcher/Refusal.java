package org.catseye.launcher;

import java.nio.file.Path;

/** Catseye cannot start as asked: the message is one line that names the thing and the mend. The program ends with code 2. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private static final int NEEDED_MEBIBYTES = 32;

    Refusal(String message) {
        super(message);
    }

    Refusal(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whatever it looked like: if the cause is a full disk, that is what is to be mended. The same if not. */
    Refusal orFullDisk(Path home) {
        if (!noSpace(this)) {
            return this;
        }
        return new Refusal("the disk of home " + home + " is full; a first start needs " + NEEDED_MEBIBYTES + " MiB: free some, or give another folder with --home DIR", this);
    }

    private static boolean noSpace(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    /** The cause in a few words: file system exceptions often carry only a path as their message. */
    static String why(Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof java.nio.file.NoSuchFileException) {
            return "the folder above it does not exist";
        }
        if (cause instanceof java.nio.file.FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
