package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.DatagramPacker;
import org.catseye.testkit.lkv.Lkv373aEmulator;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Receives through real sockets: multicast and unicast on the loopback interface. */
public class ReceiverTest extends CaptureDeviceContract {

    private static final String GROUP = "239.255.42.42";
    private static final long TIMEOUT_MILLIS = 20_000;

    private final Muxer muxer = new Muxer();
    private final DatagramPacker packer = new DatagramPacker(3);
    private int port;
    private Lkv373aEmulator box;

    @Before
    public void choosePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = socket.getLocalPort();
        }
    }

    @After
    public void switchOff() throws Exception {
        if (box != null) {
            box.close();
        }
    }

    @Override
    protected CaptureDevice device() throws Exception {
        connectBox(GROUP);
        return createReceiver(GROUP);
    }

    @Override
    protected Optional<CaptureDevice> deviceWithoutSource() throws Exception {
        return Optional.of(createReceiver(""));
    }

    @Test
    public void multicastInRtpWithEmptyDatagramsIsReceived() throws Exception {
        packer.useRtp(true).sendEmptyDatagrams(true);
        start(device());
        assertTrue(frames(30));
    }

    @Test
    public void unicastIsReceived() throws Exception {
        connectBox("127.0.0.1");
        start(createReceiver(""));
        assertTrue(frames(30));
    }

    @Test
    public void unicastIsReceivedBesidesTheGroup() throws Exception {
        connectBox("127.0.0.1");
        start(createReceiver(GROUP));
        assertTrue(frames(3));
    }

    @Test
    public void switchedOffBoxIsReportedAndReturnsWithAKeyFrame() throws Exception {
        start(device());
        // After this many frames the end of a frame is known without the next one, so that none is left open.
        assertTrue(frames(12));
        box.setPower(false);
        assertTrue(context.signals().toString(), awaitReport(Signal.NO_DEVICE, "127.0.0.1 stopped sending"));
        int before = context.frames().size();
        box.setPower(true);
        assertTrue(context.await(TIMEOUT_MILLIS, c -> c.frames().size() > before));
        assertTrue("begins with a key frame", context.frames().get(before).key());
    }

    @Test
    public void boxWithoutAnInputIsReported() throws Exception {
        start(device());
        assertTrue(frames(3));
        box.setSignalPresent(false);
        box.setPicturesSent(false);
        assertTrue(context.signals().toString(), awaitReport(Signal.NO_SIGNAL, "gets no picture"));
    }

    @Test
    public void fivePercentLossRecoversWithinOneGroup() throws Exception {
        packer.useRtp(true).setLossRate(0.05);
        connectBox(GROUP);
        box.setGroupLength(10);
        start(createReceiver(GROUP));
        assertTrue(context.await(TIMEOUT_MILLIS, c -> c.frames().stream().filter(FakeCaptureContext.Published::key).count() >= 5));
        packer.setLossRate(0);
        int sent = box.sentFrames();
        int before = context.frames().size();
        assertTrue(context.await(TIMEOUT_MILLIS, c -> c.frames().size() >= before + 12));
        long first = org.catseye.testkit.lkv.SyntheticVideo.readNumber(context.frames().get(before + 11).data());
        assertTrue("frame " + first + " after " + sent, first <= sent + 10 + 12 + 2);
    }

    private boolean awaitReport(Signal signal, String text) throws InterruptedException {
        return context.await(TIMEOUT_MILLIS, c -> c.signals().stream().anyMatch(s -> s.signal() == signal && s.reason().contains(text)));
    }

    private void connectBox(String address) throws Exception {
        box = new Lkv373aEmulator(new InetSocketAddress(InetAddress.getByName(address), port), muxer, packer).startSending(60);
    }

    private Receiver createReceiver(String group) {
        return new Receiver(() -> Settings.parseSettings(Map.of("interface", "lo", "group", group, "port", port, "kind", "lkv373a")));
    }
}
