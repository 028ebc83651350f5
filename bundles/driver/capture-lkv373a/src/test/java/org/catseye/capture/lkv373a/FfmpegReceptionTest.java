package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.VideoFile;
import org.catseye.video.VideoFormat;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Receives streams that ffmpeg sends. */
public class FfmpegReceptionTest {

    private static final long TIMEOUT_MILLIS = 30_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void skipWithoutFfmpeg() {
        assumeTrue("no ffmpeg with libx264 on this machine", VideoFile.isSupported());
    }

    @Test
    public void streamFromFfmpegIsReceivedInRtpAndBareUdp() throws Exception {
        Path file = VideoFile.encodeVideo(folder.getRoot().toPath().resolve("send.ts"), 640, 360, 30, 60, 30);
        int port = freePort();
        assertReceived(file, port, "-f", "mpegts", "udp://239.255.42.42:" + port + "?localaddr=127.0.0.1&pkt_size=1316");
        assertReceived(file, port, "-f", "rtp_mpegts", "rtp://127.0.0.1:" + port + "?pkt_size=1328");
    }

    private void assertReceived(Path file, int port, String... output) throws Exception {
        FakeCaptureContext context = new FakeCaptureContext();
        Receiver receiver = new Receiver(() -> Settings.parseSettings(Map.of("interface", "lo", "port", port, "kind", "lkv373a")));
        Thread thread = new Thread(() -> {
            try {
                receiver.capture(context);
            } catch (java.io.IOException | InterruptedException e) {
                context.reportSignal(org.catseye.video.spi.Signal.NO_DEVICE, "thrown: " + e);
            }
        });
        thread.start();
        try {
            assertTrue("is listening: " + context.signals(), context.await(TIMEOUT_MILLIS, c -> !c.signals().isEmpty()));
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-re", "-i", file.toString(), "-c", "copy"));
            command.addAll(List.of(output));
            VideoFile.runProgram(command);
            // The end of the last frame is unknown if nothing follows, unless the stuffing is already a trusted marker.
            assertTrue(context.frames().size() + " frames, " + context.signals(), context.await(TIMEOUT_MILLIS, c -> c.frames().size() >= 59));
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
