package org.catseye.capture.lkv373a.source;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.After;
import org.junit.Test;

public class Lkv373SourceTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final JpegAssembler assembler = new JpegAssembler(context);

    @After
    public void everySlotIsReleased() {
        assembler.close();
        assertEquals(0, context.lent());
        assertEquals(List.of(), context.breaches());
    }

    @Test
    public void pictureIsAssembledFromItsChunks() throws Exception {
        byte[] jpeg = createJpeg(640, 480);
        send(split(1, jpeg));
        assertEquals(1, context.frames().size());
        assertEquals(new VideoFormat(Codec.JPEG, 640, 480), context.frames().get(0).format());
        assertArrayEquals(jpeg, context.frames().get(0).data());
    }

    @Test
    public void paddingOfTheLastChunkIsRemoved() throws Exception {
        byte[] jpeg = createJpeg(320, 200);
        send(split(1, Arrays.copyOf(jpeg, jpeg.length + 9)));
        assertArrayEquals(jpeg, context.frames().get(0).data());
    }

    @Test
    public void incompletePictureIsDroppedAndTheNextIsComplete() throws Exception {
        byte[] jpeg = createJpeg(640, 480);
        List<ByteBuffer> broken = split(1, jpeg);
        broken.remove(3);
        send(broken);
        List<ByteBuffer> mixed = split(2, jpeg);
        mixed.set(2, split(3, jpeg).get(2));
        send(mixed);
        send(split(4, jpeg));
        assertEquals(1, context.frames().size());
        assertEquals(2, context.reportLostFrames());
    }

    @Test
    public void otherDataIsRejected() {
        send(split(1, new byte[5000]));
        send(List.of(ByteBuffer.allocate(0), ByteBuffer.allocate(3), ByteBuffer.allocate(4)));
        assertEquals(0, context.frames().size());
    }

    @Test
    public void heartbeatsAreAnsweredAndReported() throws Exception {
        Lkv373Source source = new Lkv373Source(Settings.parseSettings(Map.of("kind", "lkv373")), context, 0);
        assertTrue(report(source, SECOND).startsWith("NO_DEVICE No LKV373 was found"));
        try (UdpPorts ports = new UdpPorts("lo"); DatagramSocket box = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            source.openPorts(ports);
            sendHeartbeat(box, ports, source, false);
            long now = System.nanoTime();
            assertTrue(report(source, now).startsWith("NO_SIGNAL The LKV373 gets no picture"));
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            box.setSoTimeout(10_000);
            box.receive(answer);
            assertEquals("the keepalive comes from the control port", Lkv373Source.CONTROL_PORT, answer.getPort());
            assertEquals(23, answer.getLength());
            sendHeartbeat(box, ports, source, true);
            assertTrue(report(source, now).startsWith("CONNECTING"));
        }
    }

    @Test
    public void heartbeatsWithoutAPictureReportTheWrongLength() throws Exception {
        Lkv373Source source = new Lkv373Source(Settings.parseSettings(Map.of("kind", "lkv373")), context, 0);
        for (int second = 1; second <= 7; second++) {
            source.acceptControl(1, Feed.address(55), ByteBuffer.wrap(createHeartbeat(true)), second * SECOND);
            String report = report(source, second * SECOND);
            assertTrue(report, report.startsWith(second <= 6 ? "CONNECTING" : "NO_SIGNAL The LKV373 reports that it sends a picture of 1920x1080, but none arrives"));
        }
        assertTrue(report(source, 11 * SECOND).startsWith("NO_DEVICE The LKV373 stopped sending"));
    }

    @Test
    public void heartbeatReportsTheInput() {
        Heartbeat beat = Heartbeat.parseDatagram(ByteBuffer.wrap(createHeartbeat(true))).orElseThrow();
        assertTrue(beat.signalPresent());
        assertEquals(1920, beat.width());
        assertEquals(1080, beat.height());
        assertTrue(Heartbeat.parseDatagram(ByteBuffer.allocate(64)).isEmpty());
        assertTrue(Heartbeat.parseDatagram(Heartbeat.createKeepalive()).isEmpty());
    }

    private static void sendHeartbeat(DatagramSocket box, UdpPorts ports, Lkv373Source source, boolean signal) throws IOException {
        byte[] bytes = createHeartbeat(signal);
        box.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), Lkv373Source.CONTROL_PORT));
        long before = source.lastArrival().orElse(Long.MIN_VALUE);
        for (int i = 0; i < 100 && source.lastArrival().orElse(Long.MIN_VALUE) == before; i++) {
            ports.awaitDatagrams(100);
        }
    }

    private static byte[] createHeartbeat(boolean signal) {
        return ByteBuffer.allocate(512).putInt(0x5446367a).put((byte) 0x63).put((byte) 1)
            .put(27, (byte) (signal ? 3 : 0)).putShort(28, (short) 1920).putShort(30, (short) 1080).array();
    }

    private static String report(Lkv373Source source, long nanos) {
        return source.diagnoseSignal(nanos).map(found -> found.signal() + " " + found.message()).orElse("");
    }

    private void send(List<ByteBuffer> datagrams) {
        datagrams.forEach(datagram -> assembler.acceptChunk(datagram, 1));
    }

    private static List<ByteBuffer> split(int frame, byte[] jpeg) {
        List<ByteBuffer> datagrams = new ArrayList<>();
        for (int at = 0; at < jpeg.length; at += 1020) {
            int length = Math.min(1020, jpeg.length - at);
            int chunk = at / 1020 | (at + length == jpeg.length ? 0x8000 : 0);
            datagrams.add(ByteBuffer.allocate(4 + length).putShort((short) frame).putShort((short) chunk).put(jpeg, at, length).flip());
        }
        return datagrams;
    }

    private static byte[] createJpeg(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 20_000; i++) {
            image.setRGB(random.nextInt(width), random.nextInt(height), random.nextInt());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
