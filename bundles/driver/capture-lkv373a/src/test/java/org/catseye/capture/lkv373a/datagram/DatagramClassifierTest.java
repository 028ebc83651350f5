package org.catseye.capture.lkv373a.datagram;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import org.catseye.testkit.lkv.Muxer;
import org.junit.Test;

public class DatagramClassifierTest {

    @Test
    public void emptyDatagramIsASignOfLife() {
        assertEquals(DatagramKind.EMPTY, DatagramClassifier.classifyDatagram(ByteBuffer.allocate(0)));
    }

    @Test
    public void bareTransportPacketsAreDetected() {
        ByteBuffer datagram = createPackets(0, 7, 0);
        assertEquals(DatagramKind.TRANSPORT_STREAM, DatagramClassifier.classifyDatagram(datagram));
        assertEquals(7 * 188, datagram.remaining());
    }

    @Test
    public void rtpHeaderIsRemoved() {
        ByteBuffer datagram = createPackets(12, 7, 0);
        datagram.put(0, (byte) 0x80).put(1, (byte) 0xa1).putShort(2, (short) 0xc0f7);
        assertEquals("with the marker bit", DatagramKind.RTP, DatagramClassifier.classifyDatagram(datagram));
        assertEquals(12, datagram.position());
        assertEquals(0xc0f7, DatagramClassifier.rtpSequence(datagram));
    }

    @Test
    public void contributingSourcesExtensionAndPaddingAreRemoved() {
        ByteBuffer datagram = createPackets(12 + 8 + 4 + 12, 3, 5);
        datagram.put(0, (byte) 0xb2).put(1, (byte) 33).putShort(12 + 8 + 2, (short) 3).put(datagram.limit() - 1, (byte) 5);
        assertEquals(DatagramKind.RTP, DatagramClassifier.classifyDatagram(datagram));
        assertEquals(36, datagram.position());
        assertEquals(3 * 188, datagram.remaining());
    }

    @Test
    public void invalidRtpHeaderIsRejected() {
        ByteBuffer datagram = ByteBuffer.allocate(200);
        datagram.put(0, (byte) 0x90).put(1, (byte) 33).putShort(14, (short) 0xffff);
        assertEquals(DatagramKind.OTHER, DatagramClassifier.classifyDatagram(datagram));
        datagram.clear();
        datagram.put(0, (byte) 0xa0).put(199, (byte) 0xff);
        assertEquals(DatagramKind.OTHER, DatagramClassifier.classifyDatagram(datagram));
    }

    @Test
    public void v4BoxIsDetectedByItsHeader() {
        assertEquals(DatagramKind.V4, DatagramClassifier.classifyDatagram(ByteBuffer.wrap(new byte[] {0x74, 0x47, 0x74, (byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 9, 9})));
    }

    @Test
    public void packetsBehindOtherDataAreFound() {
        ByteBuffer datagram = createPackets(5, 4, 100);
        assertEquals(DatagramKind.TRANSPORT_STREAM, DatagramClassifier.classifyDatagram(datagram));
        assertEquals(5, datagram.position());
        assertEquals(4 * 188, datagram.remaining());
    }

    @Test
    public void otherDataIsClassifiedAsOther() {
        assertEquals(DatagramKind.OTHER, DatagramClassifier.classifyDatagram(ByteBuffer.allocate(1)));
        assertEquals(DatagramKind.OTHER, DatagramClassifier.classifyDatagram(ByteBuffer.allocate(1400)));
        assertEquals(DatagramKind.OTHER, DatagramClassifier.classifyDatagram(ByteBuffer.wrap(new byte[] {0x47, 1, 2})));
    }

    private static ByteBuffer createPackets(int before, int count, int after) {
        ByteBuffer datagram = ByteBuffer.allocate(before + count * 188 + after);
        for (int i = 0; i < count; i++) {
            datagram.position(before + i * 188).put(Muxer.createNullPacket());
        }
        return datagram.clear();
    }
}
