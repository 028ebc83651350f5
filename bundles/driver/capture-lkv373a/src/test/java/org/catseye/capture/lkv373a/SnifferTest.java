package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import org.catseye.capture.lkv373a.Sniffer.Kind;
import org.catseye.testkit.lkv.Muxer;
import org.junit.Test;

public class SnifferTest {

    @Test
    public void anEmptyDatagramIsASignOfLife() {
        assertEquals(Kind.EMPTY, Sniffer.classify(ByteBuffer.allocate(0)));
    }

    @Test
    public void bareTransportPacketsAreTaken() {
        ByteBuffer datagram = packets(0, 7, 0);
        assertEquals(Kind.TS, Sniffer.classify(datagram));
        assertEquals(7 * 188, datagram.remaining());
    }

    @Test
    public void theHeadOfRtpIsTakenOff() {
        ByteBuffer datagram = packets(12, 7, 0);
        datagram.put(0, (byte) 0x80).put(1, (byte) 0xa1).putShort(2, (short) 0xc0f7);
        assertEquals("with the marker bit", Kind.RTP, Sniffer.classify(datagram));
        assertEquals(12, datagram.position());
        assertEquals(0xc0f7, Sniffer.sequence(datagram));
    }

    @Test
    public void contributingSourcesExtensionAndPaddingAreTakenOff() {
        ByteBuffer datagram = packets(12 + 8 + 4 + 12, 3, 5);
        datagram.put(0, (byte) 0xb2).put(1, (byte) 33).putShort(12 + 8 + 2, (short) 3).put(datagram.limit() - 1, (byte) 5);
        assertEquals(Kind.RTP, Sniffer.classify(datagram));
        assertEquals(36, datagram.position());
        assertEquals(3 * 188, datagram.remaining());
    }

    @Test
    public void anRtpHeadThatLiesIsNoRtp() {
        ByteBuffer datagram = ByteBuffer.allocate(200);
        datagram.put(0, (byte) 0x90).put(1, (byte) 33).putShort(14, (short) 0xffff);
        assertEquals(Kind.OTHER, Sniffer.classify(datagram));
        datagram.clear();
        datagram.put(0, (byte) 0xa0).put(199, (byte) 0xff);
        assertEquals(Kind.OTHER, Sniffer.classify(datagram));
    }

    @Test
    public void aV4BoxIsKnownByItsHead() {
        assertEquals(Kind.V4, Sniffer.classify(ByteBuffer.wrap(new byte[] {0x74, 0x47, 0x74, (byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 9, 9})));
    }

    @Test
    public void packetsThatBeginLaterAreFound() {
        ByteBuffer datagram = packets(5, 4, 100);
        assertEquals(Kind.TS, Sniffer.classify(datagram));
        assertEquals(5, datagram.position());
        assertEquals(4 * 188, datagram.remaining());
    }

    @Test
    public void anythingElseIsAnythingElse() {
        assertEquals(Kind.OTHER, Sniffer.classify(ByteBuffer.allocate(1)));
        assertEquals(Kind.OTHER, Sniffer.classify(ByteBuffer.allocate(1400)));
        assertEquals(Kind.OTHER, Sniffer.classify(ByteBuffer.wrap(new byte[] {0x47, 1, 2})));
    }

    private static ByteBuffer packets(int before, int count, int after) {
        ByteBuffer datagram = ByteBuffer.allocate(before + count * 188 + after);
        for (int i = 0; i < count; i++) {
            datagram.position(before + i * 188).put(Muxer.nothing());
        }
        return datagram.clear();
    }
}
