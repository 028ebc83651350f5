package org.catseye.capture.v4l2.bridge;

import java.util.Optional;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** Why a bridge has no usable signal: the errors of VIDIOC_QUERY_DV_TIMINGS. */
public enum SignalFault {
    NO_CABLE(Errno.ENOLINK, "no HDMI signal: check the cable and whether the computer is on"),
    UNSTABLE(Errno.ENOLCK, "the HDMI signal is unstable: check the cable"),
    OUT_OF_RANGE(Errno.ERANGE, "the computer sends a resolution that the input does not support: choose a smaller one on the computer"),
    UNDETECTABLE(Errno.ENODATA, "the input cannot detect what it receives: select another input, or use another device");

    private final Errno errno;
    private final String message;

    SignalFault(Errno errno, String message) {
        this.errno = errno;
        this.message = message;
    }

    /** The fault for a failed request; empty if the error has another meaning. */
    static Optional<SignalFault> forError(ErrnoException e) {
        for (SignalFault fault : values()) {
            if (e.is(fault.errno)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** The fault and its remedy, for users. */
    public String message() {
        return message;
    }
}
