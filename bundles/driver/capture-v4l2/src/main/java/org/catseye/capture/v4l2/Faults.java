package org.catseye.capture.v4l2;

import java.io.IOException;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** Says what a failed call means for the person at the screen, and what to do about it. */
final class Faults {

    /**
     * @param mode what was asked of the stick, in words
     * @return the same failure, explained; what needs no explanation comes back as it is
     */
    static IOException explain(IOException failure, Stick stick, String mode) {
        if (!(failure instanceof ErrnoException e)) {
            return failure;
        }
        String device = stick.words();
        String why = why(e, stick, device, mode);
        return why.isEmpty() ? failure : new IOException(why, e);
    }

    private static String why(ErrnoException e, Stick stick, String device, String mode) {
        if (e.is(Errno.EBUSY)) {
            return device + " is used by another program: stop that one (fuser -v " + stick.node() + " names it)";
        }
        if (e.is(Errno.EACCES, Errno.EPERM)) {
            return "no permission to use " + device + ": add Catseye's user to the group video (usermod -aG video <user>) and"
                + " start Catseye again";
        }
        if (e.is(Errno.ENOSPC)) {
            return "not enough USB bandwidth for " + device + " with " + mode + ": choose a smaller picture or rate, or plug it into"
                + " another USB controller, away from other sticks";
        }
        if (e.is(Errno.EIO) && e.call().equals(V4l2.STREAMON.name())) {
            return device + " did not start with " + mode + ": USB bandwidth or a bad cable; choose a smaller picture or rate, or try"
                + " another port";
        }
        if (e.is(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM)) {
            return device + ": " + e.getMessage() + ": the system is short of resources";
        }
        if (e.is(Errno.EIO, Errno.EPIPE, Errno.EPROTO, Errno.ETIMEDOUT)) {
            return device + " does not answer as it should (" + e.call() + ": " + e.name() + "): replug it, or try another cable or port";
        }
        return "";
    }

    /**
     * Whether this may be an unplugging. uvcvideo answers EINVAL to a DQBUF that waits while the stick goes, and ENODEV
     * afterwards; ENOENT and ENXIO come from opening a node that is going.
     */
    static boolean maybeGone(IOException failure) {
        return failure instanceof ErrnoException e
            && (e.is(Errno.ENODEV, Errno.ENXIO, Errno.ENOENT) || e.is(Errno.EINVAL) && e.call().equals("VIDIOC_DQBUF"));
    }

    private Faults() {
    }
}
