package org.catseye.capture.lkv373a;

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
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.After;
import org.junit.Test;

public class Lkv373SourceTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final Chunks chunks = new Chunks(context);

    @After
    public void nothingIsHeld() {
        chunks.close();
        assertEquals(0, context.lent());
        assertEquals(List.of(), context.breaches());
    }

    @Test
    public void aPictureIsPutTogetherFromItsChunks() throws Exception {
        byte[] jpeg = jpeg(640, 480);
        send(split(1, jpeg));
        assertEquals(1, context.frames().size());
        assertEquals(new VideoFormat(Codec.JPEG, 640, 480), context.frames().get(0).format());
        assertArrayEquals(jpeg, context.frames().get(0).data());
    }

    @Test
    public void whatFillsTheLastChunkIsTakenOff() throws Exception {
        byte[] jpeg = jpeg(320, 200);
        send(split(1, Arrays.copyOf(jpeg, jpeg.length + 9)));
        assertArrayEquals(jpeg, context.frames().get(0).data());
    }

    @Test
    public void aPictureWithAHoleIsDroppedAndTheNextIsWhole() throws Exception {
        byte[] jpeg = jpeg(640, 480);
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
    public void garbageIsNoPicture() {
        send(split(1, new byte[5000]));
        send(List.of(ByteBuffer.allocate(0), ByteBuffer.allocate(3), ByteBuffer.allocate(4)));
        assertEquals(0, context.frames().size());
    }

    @Test
    public void heartbeatsAreReadAndTheSwallowedPictureIsNamed() throws Exception {
        Lkv373Source source = new Lkv373Source(Settings.of(Map.of("kind", "lkv373")), context, 0);
        assertTrue(words(source, SECOND).startsWith("NO_DEVICE No LKV373 is heard"));
        try (Net net = new Net("lo"); DatagramSocket box = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            source.open(net);
            beat(box, net, source, false);
            long now = System.nanoTime();
            assertTrue(words(source, now).startsWith("NO_SIGNAL The LKV373 gets no picture"));
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            box.setSoTimeout(10_000);
            box.receive(answer);
            assertEquals("the keepalive comes from its own port", Lkv373Source.CONTROL_PORT, answer.getPort());
            assertEquals(23, answer.getLength());
            beat(box, net, source, true);
            assertTrue(words(source, now).startsWith("CONNECTING"));
        }
    }

    @Test
    public void heartbeatsWithoutAPictureNameTheShortLengthBug() throws Exception {
        Lkv373Source source = new Lkv373Source(Settings.of(Map.of("kind", "lkv373")), context, 0);
        for (int second = 1; second <= 7; second++) {
            source.takeControl(1, Feed.address(55), ByteBuffer.wrap(heartbeat(true)), second * SECOND);
            String words = words(source, second * SECOND);
            assertTrue(words, words.startsWith(second <= 6 ? "CONNECTING" : "NO_SIGNAL The LKV373 says that it sends a picture of 1920x1080, but none arrives"));
        }
        assertTrue(words(source, 11 * SECOND).startsWith("NO_DEVICE The LKV373 stopped sending"));
    }

    @Test
    public void aHeartbeatTellsTheInput() {
        Heartbeat beat = Heartbeat.parse(ByteBuffer.wrap(heartbeat(true))).orElseThrow();
        assertTrue(beat.signal());
        assertEquals(1920, beat.width());
        assertEquals(1080, beat.height());
        assertTrue(Heartbeat.parse(ByteBuffer.allocate(64)).isEmpty());
        assertTrue(Heartbeat.parse(Heartbeat.keepalive()).isEmpty());
    }

    private static void beat(DatagramSocket box, Net net, Lkv373Source source, boolean signal) throws IOException {
        byte[] bytes = heartbeat(signal);
        box.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), Lkv373Source.CONTROL_PORT));
        long before = source.lastSeen().orElse(Long.MIN_VALUE);
        for (int i = 0; i < 100 && source.lastSeen().orElse(Long.MIN_VALUE) == before; i++) {
            net.await(100);
        }
    }

    private static byte[] heartbeat(boolean signal) {
        return ByteBuffer.allocate(512).putInt(0x5446367a).put((byte) 0x63).put((byte) 1)
            .put(27, (byte) (signal ? 3 : 0)).putShort(28, (short) 1920).putShort(30, (short) 1080).array();
    }

    private static String words(Lkv373Source source, long nanos) {
        return source.say(nanos).map(said -> said.signal() + " " + said.words()).orElse("");
    }

    private void send(List<ByteBuffer> datagrams) {
        datagrams.forEach(datagram -> chunks.datagram(datagram, 1));
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

    private static byte[] jpeg(int width, int height) throws IOException {
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
