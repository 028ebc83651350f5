package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.VideoFile;
import org.catseye.video.VideoFormat;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Against ffmpeg: as an encoder, as a sender of its own, and as somebody who reads the same stream. */
public class FfmpegTest {

    private static final long PATIENCE_MILLIS = 30_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void ffmpegIsThere() {
        assumeTrue("no ffmpeg with libx264 on this machine", VideoFile.possible());
    }

    /** Notes what comes out of the demultiplexer. */
    private static final class Noted implements Units {
        private final List<Long> times = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();
        private ByteBuffer first;
        private ByteBuffer open;
        private int broken;

        @Override
        public void begin(long pts, long nanos, int bytes) {
            times.add(pts);
            open = ByteBuffer.allocate(4 << 20);
        }

        @Override
        public void data(ByteBuffer bytes) {
            open.put(bytes);
        }

        @Override
        public void end() {
            sizes.add(open.position());
            first = first == null ? open.flip() : first;
        }

        @Override
        public void broken() {
            broken++;
        }
    }

    @Test
    public void ffprobeFindsTheSameUnitsTimesAndSize() throws Exception {
        for (String[] options : new String[][] {{}, {"-omit_video_pes_length", "0"}, {"-profile:v", "high", "-bf", "2", "-tune", "film", "-preset", "medium"}}) {
            Path file = VideoFile.make(folder.getRoot().toPath().resolve("probe.ts"), 1366, 768, 30, 130, 40, options);
            Noted noted = new Noted();
            TransportStream stream = new TransportStream(noted);
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += 7 * 188) {
                stream.packets(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7 * 188))), at);
            }
            List<String> packets = VideoFile.run(List.of("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of", "csv=p=0",
                file.toString())).lines().map(line -> line.replace(",", "")).filter(line -> !line.isBlank()).toList();
            assertEquals("access units", packets.size(), noted.times.size());
            assertTrue("only the last one may have no end yet", packets.size() - noted.sizes.size() <= 1);
            assertEquals("time stamps", packets, noted.times.stream().map(Object::toString).toList());
            assertEquals("once, when the tables name the video", 1, noted.broken);
            Nals nals = new Nals();
            nals.scan(noted.first, 0, noted.first.limit());
            assertTrue(nals.idr());
            Sps sps = Sps.parse(nals.sps(noted.first)).orElseThrow();
            String probed = VideoFile.run(List.of("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height,level", "-of",
                "csv=p=0", file.toString())).strip().lines().findFirst().orElseThrow();
            assertEquals(probed.replaceAll(",+$", ""), sps.width() + "," + sps.height() + "," + sps.level());
        }
    }

    @Test
    public void manySizesAreReadAsFfprobeReadsThem() throws Exception {
        for (int[] size : new int[][] {{640, 480}, {1728, 1080}, {1920, 1080}, {1360, 768}, {722, 486}}) {
            Path file = VideoFile.make(folder.getRoot().toPath().resolve("size.h264"), size[0], size[1], 30, 1, 1, "-profile:v", size[0] == 722 ? "high" : "main");
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            Nals nals = new Nals();
            nals.scan(bytes, 0, bytes.limit());
            Sps sps = Sps.parse(nals.sps(bytes)).orElseThrow();
            assertEquals(size[0] + "x" + size[1], sps.width() + "x" + sps.height());
        }
    }

    @Test
    public void whatFfmpegEncodesGoesTheBoxesWayUnchanged() throws Exception {
        List<byte[]> units = VideoFile.units(VideoFile.make(folder.getRoot().toPath().resolve("way.h264"), 640, 360, 30, 90, 30, "-x264-params", "aud=1"));
        for (boolean rtp : new boolean[] {false, true}) {
            Feed feed = new Feed();
            feed.wire.rtp(rtp).empties(true).disorder(rtp ? 0.1 : 0);
            feed.send(feed.wire.datagrams(feed.muxer.tables()));
            for (int i = 0; i < units.size(); i++) {
                feed.send(feed.wire.datagrams(feed.muxer.frame(units.get(i), 3000L * i)));
                feed.pass(33);
            }
            List<FakeCaptureContext.Published> frames = feed.context.frames();
            assertTrue(frames.size() + " of " + units.size(), frames.size() >= units.size() - 1);
            for (int i = 0; i < frames.size(); i++) {
                assertArrayEquals("unit " + i, units.get(i), frames.get(i).data());
                assertEquals("unit " + i, i % 30 == 0, frames.get(i).key());
            }
            feed.source.close();
        }
    }

    @Test
    public void ffmpegIsReceivedInRtpAndBareUdp() throws Exception {
        Path file = VideoFile.make(folder.getRoot().toPath().resolve("send.ts"), 640, 360, 30, 60, 30);
        int port = freePort();
        receive(file, port, "-f", "mpegts", "udp://239.255.42.42:" + port + "?localaddr=127.0.0.1&pkt_size=1316");
        receive(file, port, "-f", "rtp_mpegts", "rtp://127.0.0.1:" + port + "?pkt_size=1328");
    }

    private void receive(Path file, int port, String... output) throws Exception {
        FakeCaptureContext context = new FakeCaptureContext();
        Receiver receiver = new Receiver(() -> Settings.of(Map.of("interface", "lo", "port", port, "kind", "lkv373a")));
        Thread thread = new Thread(() -> {
            try {
                receiver.capture(context);
            } catch (java.io.IOException | InterruptedException e) {
                context.reportSignal(org.catseye.video.spi.Signal.NO_DEVICE, "thrown: " + e);
            }
        });
        thread.start();
        try {
            assertTrue("listens: " + context.signals(), context.await(PATIENCE_MILLIS, c -> !c.signals().isEmpty()));
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-re", "-i", file.toString(), "-c", "copy"));
            command.addAll(List.of(output));
            VideoFile.run(command);
            // The last frame has no end when nothing follows it, unless it is stuffed and that is believed by then.
            assertTrue(context.frames().size() + " frames, " + context.signals(), context.await(PATIENCE_MILLIS, c -> c.frames().size() >= 59));
            assertEquals(new VideoFormat(org.catseye.video.Codec.H264, 640, 360), context.frames().get(0).format());
            assertEquals(2, context.frames().stream().filter(FakeCaptureContext.Published::key).count());
        } finally {
            context.stop();
            thread.join(5_000);
        }
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
