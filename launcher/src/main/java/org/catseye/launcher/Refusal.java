package org.catseye.launcher;

/** Catseye cannot start as asked: the message is one line that names the thing and the mend. The program ends with code 2. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message);
    }

    Refusal(String message, Throwable cause) {
        super(message, cause);
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
