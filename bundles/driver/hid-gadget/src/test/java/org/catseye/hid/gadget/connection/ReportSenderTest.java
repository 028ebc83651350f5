package org.catseye.hid.gadget.connection;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.report.ReportPort;
import org.catseye.linux.Errno;
import org.junit.Test;

public class ReportSenderTest {

    /** A kernel with room for some reports; none becomes free by itself. */
    private static final class Kernel implements ReportPort {
        final List<String> accepted = new ArrayList<>();
        int room = 1;

        @Override
        public int writeReport(ByteBuffer report) {
            if (room == 0) {
                return -Errno.EAGAIN.code();
            }
            room--;
            byte[] bytes = new byte[report.remaining()];
            report.get(bytes);
            accepted.add(HexFormat.of().formatHex(bytes));
            return bytes.length;
        }

        @Override
        public int readOutput(ByteBuffer to) {
            return -Errno.EAGAIN.code();
        }

        @Override
        public boolean awaitWritable(long millis) {
            return room > 0;
        }

        @Override
        public void close() {
        }
    }

    @Test
    public void noMediaKeyStaysPressedWhenAPowerKeyFollowsIt() throws Exception {
        Kernel kernel = new Kernel();
        ReportSender sender = new ReportSender(Profile.FULL, new StatusNotifier(), () -> { });
        sender.channels().get(Role.CONSUMER).replacePort(kernel);
        sender.sendConsumerUsage(0xe9);
        // The host does not fetch these.
        sender.sendConsumerUsage(0);
        sender.sendSystemUsage(0x82);
        assertEquals(List.of("01e900"), kernel.accepted);
        kernel.room = 2;
        sender.resendState(Role.CONSUMER);
        assertEquals(List.of("01e900", "010000", "020200"), kernel.accepted);
    }
}
