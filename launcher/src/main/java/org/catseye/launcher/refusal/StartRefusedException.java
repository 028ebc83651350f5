package org.catseye.launcher.refusal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Catseye cannot start with these options. The message is one line that names the problem and its remedy; the program ends with code 2. */
public final class StartRefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int NEEDED_MEBIBYTES = 32;

    public StartRefusedException(String message) {
        super(message);
    }

    public StartRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** If the cause is a full disk, an exception whose message names that as the problem; otherwise this one. */
    public StartRefusedException explainFullDisk(Path home) {
        if (!isDiskFull(this)) {
            return this;
        }
        return new StartRefusedException("the disk of home " + home + " is full; a first start needs " + NEEDED_MEBIBYTES
                + " MiB: free some, or give another folder with --home DIR", this);
    }

    private static boolean isDiskFull(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    /** A short description of the cause: the message of a file system exception is often only a path. */
    public static String describeCause(Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "the folder above it does not exist";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
