package org.catseye.linux;

import java.util.Optional;

/** Error numbers that devices return. The values are those of x86, arm and riscv (asm-generic/errno.h). */
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or device node"),
    EINTR(4, "interrupted by a signal"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    EBADF(9, "file is closed"),
    EAGAIN(11, "not ready now"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    EFAULT(14, "bad address"),
    EBUSY(16, "device is used by another program"),
    EEXIST(17, "exists already"),
    ENODEV(19, "device is gone"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "is a directory"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many files are open in the system"),
    EMFILE(24, "too many files are open"),
    ENOTTY(25, "not supported by this device"),
    ETXTBSY(26, "file is being executed"),
    EFBIG(27, "file too large"),
    ENOSPC(28, "no room left"),
    ESPIPE(29, "cannot seek"),
    EROFS(30, "read-only file system"),
    EPIPE(32, "broken pipe"),
    ERANGE(34, "out of range"),
    ENOLCK(37, "no lock"),
    ENODATA(61, "no data available"),
    ENOLINK(67, "no link"),
    EPROTO(71, "protocol error"),
    EOVERFLOW(75, "value too large"),
    EMSGSIZE(90, "message too long"),
    EPROTONOSUPPORT(93, "protocol not supported"),
    EOPNOTSUPP(95, "not supported"),
    EAFNOSUPPORT(97, "address family not supported"),
    EADDRINUSE(98, "address in use"),
    ENETDOWN(100, "network is down"),
    ENOBUFS(105, "no buffer space"),
    ESHUTDOWN(108, "other end is not connected"),
    ETIMEDOUT(110, "timed out");

    private final int code;
    private final String words;

    Errno(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** The error number, positive. */
    public int code() {
        return code;
    }

    /** A description for the user. */
    public String words() {
        return words;
    }

    /** The constant for {@code code}, if there is one. */
    public static Optional<Errno> of(int code) {
        for (Errno errno : values()) {
            if (errno.code == code) {
                return Optional.of(errno);
            }
        }
        return Optional.empty();
    }
}
