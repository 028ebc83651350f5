package org.catseye.linux;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class UeventsTest {

    @Test
    public void findsTheSubsystemInAKernelMessage() {
        ByteBuffer message = ByteBuffer.wrap(("add@/devices/usb1/1-1/1-1:1.0/video4linux/video0\0ACTION=add\0"
            + "SUBSYSTEM=video4linux\0MAJOR=81\0DEVNAME=video0\0").getBytes(StandardCharsets.UTF_8));
        assertTrue(Uevents.concerns(message, "video4linux"));
        assertFalse(Uevents.concerns(message, "video"));
        assertFalse(Uevents.concerns(message, "usb"));
    }

    @Test
    public void listensWithoutBlocking() throws IOException {
        try (Uevents uevents = Uevents.listen(); Poller poller = new Poller(1)) {
            poller.add(uevents.fd(), Poller.POLLIN);
            poller.poll(0);
            assertFalse(uevents.drain("no-such-subsystem"));
        }
    }
}
