package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.catseye.hid.spi.MotionReport;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.junit.Test;

public class ChannelTest {

    /** A kernel that holds one report until the host fetches it, as f_hid does. */
    private static final class Kernel implements Port {
        final List<String> fetched = new ArrayList<>();
        boolean hostFetches = true;
        boolean full;
        boolean closed;
        int error;
        int waits;
        int lights = -1;

        @Override
        public int write(ByteBuffer report) {
            if (error != 0) {
                return -error;
            }
            if (full) {
                return -Errno.EAGAIN.code();
            }
            byte[] bytes = new byte[report.remaining()];
            report.get(bytes);
            fetched.add(HexFormat.of().formatHex(bytes));
            full = !hostFetches;
            return bytes.length;
        }

        @Override
        public int read(ByteBuffer to) {
            if (lights < 0) {
                return -Errno.EAGAIN.code();
            }
            to.put((byte) lights);
            lights = lights == 2 ? 3 : -1;
            return 1;
        }

        @Override
        public boolean awaitWritable(long millis) {
            waits++;
            assertTrue("bounded: " + millis, millis > 0 && millis <= Channel.PATIENCE_MILLIS);
            full &= !hostFetches;
            return !full;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Kernel kernel = new Kernel();
    private final Channel channel = new Channel(Role.MOUSE, 4);

    @Test
    public void aReportGoesOutAtOnce() throws Exception {
        channel.use(kernel);
        assertTrue(move(3));
        assertEquals(List.of("00030000"), kernel.fetched);
        assertEquals(0, kernel.waits);
    }

    @Test
    public void aReportWaitsForTheOneBeforeItToBeFetched() throws Exception {
        channel.use(kernel);
        kernel.full = true;
        assertTrue(move(3));
        assertEquals(1, kernel.waits);
    }

    @Test
    public void aHostThatDoesNotLookIsWaitedForOnceAndGetsTheStateWhenItLooks() throws Exception {
        channel.use(kernel);
        kernel.hostFetches = false;
        assertTrue("the kernel takes the first", move(1));
        assertFalse(move(2));
        assertFalse(move(3));
        assertEquals("waited for the first of them only", 1, kernel.waits);
        assertTrue(channel.waiting());
        kernel.full = false;
        kernel.hostFetches = true;
        channel.repeat();
        assertEquals("motion is not made up for", List.of("00010000", "00000000"), kernel.fetched);
        assertFalse(channel.waiting());
    }

    @Test
    public void aHostThatHasGoneIsSaidByItsErrno() {
        channel.use(kernel);
        kernel.error = Errno.ESHUTDOWN.code();
        ErrnoException e = assertThrows(ErrnoException.class, () -> move(1));
        assertTrue(e.is(Errno.ESHUTDOWN));
    }

    @Test
    public void withoutANodeAReportIsRefusedInWords() {
        assertEquals("the gadget has no mouse at the moment", assertThrows(IOException.class, () -> move(1)).getMessage());
    }

    @Test
    public void anotherNodeClosesTheFormerAndStartsAfresh() throws Exception {
        channel.use(kernel);
        kernel.hostFetches = false;
        move(1);
        move(1);
        channel.use(null);
        assertTrue(kernel.closed);
        assertFalse(channel.open() || channel.waiting());
    }

    @Test
    public void theNewestOfSeveralLightReportsCounts() {
        assertEquals(-1, channel.lights());
        channel.use(kernel);
        assertEquals(-1, channel.lights());
        kernel.lights = 2;
        assertEquals(3, channel.lights());
    }

    private boolean move(int dx) throws IOException {
        Reports.mouse(channel.report(), new MotionReport(0, dx, 0, 0, 0));
        return channel.send();
    }
}
