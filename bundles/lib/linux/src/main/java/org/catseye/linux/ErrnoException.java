package org.catseye.linux;

import java.io.IOException;

/** Thrown when a system call fails. The message reads {@code /dev/video0: VIDIOC_STREAMON: no room left (ENOSPC)}. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String call;
    private final String path;

    /**
     * Creates the exception and its message.
     *
     * @param call the function or request that failed
     * @param path the path of the device, or a name for resources that have no path
     * @param code errno, positive
     */
    public ErrnoException(String call, String path, int code) {
        super(path + ": " + call + ": " + words(code));
        this.code = code;
        this.call = call;
        this.path = path;
    }

    /** The error number (errno), positive. */
    public int code() {
        return code;
    }

    /** The symbolic name such as {@code ENODEV}; {@code errno 133} if the number is not in {@link Errno}. */
    public String name() {
        return name(code);
    }

    /** The function or request that failed, such as {@code open} or {@code VIDIOC_S_FMT}. */
    public String call() {
        return call;
    }

    /** The path of the device, or the name of the resource. */
    public String path() {
        return path;
    }

    /** Whether the error is one of these. */
    public boolean is(Errno... reasons) {
        for (Errno reason : reasons) {
            if (reason.code() == code) {
                return true;
            }
        }
        return false;
    }

    private static String name(int code) {
        return Errno.of(code).map(Errno::name).orElse("errno " + code);
    }

    private static String words(int code) {
        return Errno.of(code).map(errno -> errno.words() + " (" + errno.name() + ")").orElse("errno " + code);
    }
}
