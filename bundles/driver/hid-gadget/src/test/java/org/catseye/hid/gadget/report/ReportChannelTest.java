package org.catseye.hid.gadget.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.spi.MotionReport;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.junit.Test;

public class ReportChannelTest {

    /** Holds one report until the host fetches it, as the kernel's f_hid does. */
    private static final class Kernel implements ReportPort {
        final List<String> fetched = new ArrayList<>();
        boolean hostFetches = true;
        boolean full;
        boolean closed;
        int error;
        int waits;
        int ledReport = -1;

        @Override
        public int writeReport(ByteBuffer report) {
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
        public int readOutput(ByteBuffer to) {
            if (ledReport < 0) {
                return -Errno.EAGAIN.code();
            }
            to.put((byte) ledReport);
            ledReport = ledReport == 2 ? 3 : -1;
            return 1;
        }

        @Override
        public boolean awaitWritable(long millis) {
            waits++;
            assertTrue("bounded: " + millis, millis > 0 && millis <= ReportChannel.SEND_TIMEOUT_MILLIS);
            full &= !hostFetches;
            return !full;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Kernel kernel = new Kernel();
    private final ReportChannel channel = new ReportChannel(Role.MOUSE, 4);

    @Test
    public void aReportGoesOutAtOnce() throws Exception {
        channel.replacePort(kernel);
        assertTrue(sendMotion(3));
        assertEquals(List.of("00030000"), kernel.fetched);
        assertEquals(0, kernel.waits);
    }

    @Test
    public void aReportWaitsForTheOneBeforeItToBeFetched() throws Exception {
        channel.replacePort(kernel);
        kernel.full = true;
        assertTrue(sendMotion(3));
        assertEquals(1, kernel.waits);
    }

    @Test
    public void onlyTheFirstUnfetchedReportWaitsAndTheStateIsSentLater() throws Exception {
        channel.replacePort(kernel);
        kernel.hostFetches = false;
        assertTrue("the kernel accepts the first", sendMotion(1));
        assertFalse(sendMotion(2));
        assertFalse(sendMotion(3));
        assertEquals("only the first of them waited", 1, kernel.waits);
        assertTrue(channel.isWaiting());
        kernel.full = false;
        kernel.hostFetches = true;
        channel.resendState();
        assertEquals("missed motion is not sent later", List.of("00010000", "00000000"), kernel.fetched);
        assertFalse(channel.isWaiting());
    }

    @Test
    public void aDisconnectedHostIsReportedWithItsErrno() {
        channel.replacePort(kernel);
        kernel.error = Errno.ESHUTDOWN.code();
        ErrnoException e = assertThrows(ErrnoException.class, () -> sendMotion(1));
        assertTrue(e.is(Errno.ESHUTDOWN));
    }

    @Test
    public void withoutANodeAReportIsRefusedWithAReason() {
        assertEquals("the USB gadget currently has no mouse", assertThrows(IOException.class, () -> sendMotion(1)).getMessage());
    }

    @Test
    public void replacingTheNodeClosesThePreviousOne() throws Exception {
        channel.replacePort(kernel);
        kernel.hostFetches = false;
        sendMotion(1);
        sendMotion(1);
        channel.replacePort(null);
        assertTrue(kernel.closed);
        assertFalse(channel.hasPort() || channel.isWaiting());
    }

    @Test
    public void theNewestOfSeveralLightReportsCounts() {
        assertEquals(-1, channel.readNewestLeds());
        channel.replacePort(kernel);
        assertEquals(-1, channel.readNewestLeds());
        kernel.ledReport = 2;
        assertEquals(3, channel.readNewestLeds());
    }

    private boolean sendMotion(int dx) throws IOException {
        ReportEncoder.encodeMouse(channel.reportBuffer(), new MotionReport(0, dx, 0, 0, 0));
        return channel.sendReport();
    }
}
