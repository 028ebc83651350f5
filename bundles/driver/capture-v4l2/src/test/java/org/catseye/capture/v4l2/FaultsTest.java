package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.junit.Test;

public class FaultsTest {

    private static final Stick STICK = new Stick("/dev/video0", "USB Video", "1-1.3", 0x534d, 0x2109, 480, "2", Optional.empty());

    @Test
    public void eachSaysWhichDeviceAndWhatToDo() {
        says("is used by another program: stop that one (fuser -v /dev/video0 names it)", "VIDIOC_S_FMT", Errno.EBUSY);
        says("add Catseye's user to the group video", "open", Errno.EACCES);
        says("not enough USB bandwidth", "VIDIOC_STREAMON", Errno.ENOSPC);
        says("choose a smaller picture or rate, or plug it into another USB controller", "VIDIOC_STREAMON", Errno.ENOSPC);
        says("with 1920x1080 MJPG at 60/s", "VIDIOC_STREAMON", Errno.ENOSPC);
        says("did not start with 1920x1080 MJPG at 60/s", "VIDIOC_STREAMON", Errno.EIO);
        says("replug it, or try another cable or port", "VIDIOC_S_FMT", Errno.EPIPE);
        says("short of resources", "mmap", Errno.ENOMEM);
    }

    @Test
    public void whatIsExplainedKeepsItsCauseAndOthersStayAsTheyAre() {
        ErrnoException busy = new ErrnoException("VIDIOC_S_FMT", "/dev/video0", Errno.EBUSY.code());
        assertSame(busy, Faults.explain(busy, STICK, "x").getCause());
        IOException other = new IOException("configuration x: y");
        assertSame(other, Faults.explain(other, STICK, "x"));
    }

    @Test
    public void whatAnUnpluggingLooksLike() {
        assertTrue(gone("VIDIOC_DQBUF", Errno.ENODEV));
        assertTrue("uvcvideo's first word", gone("VIDIOC_DQBUF", Errno.EINVAL));
        assertTrue(gone("open", Errno.ENOENT));
        assertTrue(gone("open", Errno.ENXIO));
        assertFalse(gone("VIDIOC_S_FMT", Errno.EINVAL));
        assertFalse(gone("VIDIOC_DQBUF", Errno.EIO));
    }

    private static boolean gone(String call, Errno errno) {
        return Faults.maybeGone(new ErrnoException(call, "/dev/video0", errno.code()));
    }

    private static void says(String words, String call, Errno errno) {
        String message = Faults.explain(new ErrnoException(call, "/dev/video0", errno.code()), STICK, "1920x1080 MJPG at 60/s").getMessage();
        assertTrue(message, message.contains(words));
        assertTrue(message, message.contains("/dev/video0 (MS2109 534d:2109 at USB port 1-1.3)"));
        assertEquals("one sentence", -1, message.indexOf('\n'));
    }
}
