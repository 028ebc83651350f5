package org.catseye.linux;

import java.io.IOException;

/** A system call failed. The message reads {@code /dev/video0: VIDIOC_STREAMON: no room left (ENOSPC)}. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String call;
    private final String path;

    /**
     * @param call the function or the request that failed
     * @param path what it was done to: the path of a device, or a word for things without one
     * @param code errno, positive
     */
    public ErrnoException(String call, String path, int code) {
        super(path + ": " + call + ": " + words(code));
        this.code = code;
        this.call = call;
        this.path = path;
    }

    /** errno, positive. */
    public int code() {
        return code;
    }

    /** Such as {@code ENODEV}; {@code errno 133} if it has no name here. */
    public String name() {
        return name(code);
    }

    /** The function or the request that failed, such as {@code open} or {@code VIDIOC_S_FMT}. */
    public String call() {
        return call;
    }

    /** What it was done to. */
    public String path() {
        return path;
    }

    /** Whether the reason is one of these. */
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
