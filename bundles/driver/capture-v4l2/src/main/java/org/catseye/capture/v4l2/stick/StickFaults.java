package org.catseye.capture.v4l2.stick;

import java.io.IOException;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** Explains failed calls to a device: the cause in the user's terms, and the remedy. */
public final class StickFaults {

    /**
     * @param mode the mode that was requested from the stick, for the message
     * @return the failure with an explanation; the same failure if it already explains itself
     */
    public static IOException explainFailure(IOException failure, Stick stick, String mode) {
        if (!(failure instanceof ErrnoException e)) {
            return failure;
        }
        String explanation = findExplanation(e, stick, mode);
        return explanation.isEmpty() ? failure : new IOException(explanation, e);
    }

    private static String findExplanation(ErrnoException e, Stick stick, String mode) {
        String device = stick.description();
        if (e.is(Errno.EBUSY)) {
            return device + " is used by another program: stop that program (fuser -v " + stick.node() + " names it)";
        }
        if (e.is(Errno.EACCES, Errno.EPERM)) {
            return "no permission to use " + device + ": add Catseye's user to the group video (usermod -aG video <user>) and"
                + " restart Catseye";
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
            return device + ": " + e.getMessage() + ": the system is short of resources; stop other programs or restart the machine";
        }
        if (e.is(Errno.EIO, Errno.EPIPE, Errno.EPROTO, Errno.ETIMEDOUT)) {
            return device + " does not respond correctly (" + e.call() + ": " + e.name() + "): replug it, or try another cable or port";
        }
        return "";
    }

    /**
     * Whether the device may have been unplugged. uvcvideo answers EINVAL to a DQBUF that waits while the stick is unplugged, and
     * ENODEV afterwards. Opening a node that is being removed fails with ENOENT or ENXIO.
     */
    public static boolean isPossibleUnplug(IOException failure) {
        return failure instanceof ErrnoException e
            && (e.is(Errno.ENODEV, Errno.ENXIO, Errno.ENOENT) || e.is(Errno.EINVAL) && e.call().equals("VIDIOC_DQBUF"));
    }

    private StickFaults() {
    }
}
