package org.catseye.capture.v4l2.stick;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.junit.Test;

public class StickFaultsTest {

    private static final Stick STICK = new Stick("/dev/video0", "USB Video", "1-1.3", 0x534d, 0x2109, 480, "2", Optional.empty());

    @Test
    public void eachMessageNamesTheDeviceAndTheRemedy() {
        assertExplained("is used by another program: stop that program (fuser -v /dev/video0 names it)", "VIDIOC_S_FMT", Errno.EBUSY);
        assertExplained("add Catseye's user to the group video", "open", Errno.EACCES);
        assertExplained("not enough USB bandwidth", "VIDIOC_STREAMON", Errno.ENOSPC);
        assertExplained("choose a smaller picture or rate, or plug it into another USB controller", "VIDIOC_STREAMON", Errno.ENOSPC);
        assertExplained("with 1920x1080 MJPG at 60/s", "VIDIOC_STREAMON", Errno.ENOSPC);
        assertExplained("did not start with 1920x1080 MJPG at 60/s", "VIDIOC_STREAMON", Errno.EIO);
        assertExplained("replug it, or try another cable or port", "VIDIOC_S_FMT", Errno.EPIPE);
        assertExplained("short of resources", "mmap", Errno.ENOMEM);
    }

    @Test
    public void explainedFailureKeepsItsCauseAndOthersStayUnchanged() {
        ErrnoException busy = new ErrnoException("VIDIOC_S_FMT", "/dev/video0", Errno.EBUSY.code());
        assertSame(busy, StickFaults.explainFailure(busy, STICK, "x").getCause());
        IOException other = new IOException("configuration x: y");
        assertSame(other, StickFaults.explainFailure(other, STICK, "x"));
    }

    @Test
    public void detectsAnUnpluggedDevice() {
        assertTrue(isUnplug("VIDIOC_DQBUF", Errno.ENODEV));
        assertTrue("uvcvideo's first answer", isUnplug("VIDIOC_DQBUF", Errno.EINVAL));
        assertTrue(isUnplug("open", Errno.ENOENT));
        assertTrue(isUnplug("open", Errno.ENXIO));
        assertFalse(isUnplug("VIDIOC_S_FMT", Errno.EINVAL));
        assertFalse(isUnplug("VIDIOC_DQBUF", Errno.EIO));
    }

    private static boolean isUnplug(String call, Errno errno) {
        return StickFaults.isPossibleUnplug(new ErrnoException(call, "/dev/video0", errno.code()));
    }

    private static void assertExplained(String words, String call, Errno errno) {
        String message = StickFaults.explainFailure(new ErrnoException(call, "/dev/video0", errno.code()), STICK, "1920x1080 MJPG at 60/s").getMessage();
        assertTrue(message, message.contains(words));
        assertTrue(message, message.contains("/dev/video0 (MS2109 534d:2109 at USB port 1-1.3)"));
        assertEquals("one sentence", -1, message.indexOf('\n'));
    }
}
