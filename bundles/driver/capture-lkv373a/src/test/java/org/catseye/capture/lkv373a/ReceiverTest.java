package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.catseye.testkit.CaptureDeviceContract;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.Lkv373aEmulator;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.Wire;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Through real sockets: multicast and unicast on the loopback interface. */
public class ReceiverTest extends CaptureDeviceContract {

    private static final String GROUP = "239.255.42.42";
    private static final long PATIENCE_MILLIS = 20_000;

    private final Muxer muxer = new Muxer();
    private final Wire wire = new Wire(3);
    private int port;
    private Lkv373aEmulator box;

    @Before
    public void freePort() throws Exception {
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
        plug(GROUP);
        return receiver(GROUP);
    }

    @Override
    protected Optional<CaptureDevice> deviceWithoutSource() throws Exception {
        return Optional.of(receiver(""));
    }

    @Test
    public void multicastInRtpWithEmptyDatagramsIsReceived() throws Exception {
        wire.rtp(true).empties(true);
        start(device());
        assertTrue(frames(30));
    }

    @Test
    public void unicastIsReceived() throws Exception {
        plug("127.0.0.1");
        start(receiver(""));
        assertTrue(frames(30));
    }

    @Test
    public void unicastIsReceivedBesidesTheGroup() throws Exception {
        plug("127.0.0.1");
        start(receiver(GROUP));
        assertTrue(frames(3));
    }

    @Test
    public void aBoxThatIsSwitchedOffIsMissedAndComesBackWithAWholePicture() throws Exception {
        start(device());
        // Enough for the end of a frame to be known without the next one: none is left open.
        assertTrue(frames(12));
        box.power(false);
        assertTrue(context.signals().toString(), said(Signal.NO_DEVICE, "127.0.0.1 stopped sending"));
        int before = context.frames().size();
        box.power(true);
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().size() > before));
        assertTrue("begins with a key frame", context.frames().get(before).key());
    }

    @Test
    public void aBoxWithoutAnInputSaysSo() throws Exception {
        start(device());
        assertTrue(frames(3));
        box.locked(false);
        box.pictures(false);
        assertTrue(context.signals().toString(), said(Signal.NO_SIGNAL, "gets no picture"));
    }

    @Test
    public void fivePercentLossRecoversWithinOneGroup() throws Exception {
        wire.rtp(true).loss(0.05);
        plug(GROUP);
        box.group(10);
        start(receiver(GROUP));
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().stream().filter(FakeCaptureContext.Published::key).count() >= 5));
        wire.loss(0);
        int sent = box.sent();
        int before = context.frames().size();
        assertTrue(context.await(PATIENCE_MILLIS, c -> c.frames().size() >= before + 12));
        long first = org.catseye.testkit.lkv.SyntheticVideo.number(context.frames().get(before + 11).data());
        assertTrue("frame " + first + " after " + sent, first <= sent + 10 + 12 + 2);
    }

    private boolean said(Signal signal, String words) throws InterruptedException {
        return context.await(PATIENCE_MILLIS, c -> c.signals().stream().anyMatch(s -> s.signal() == signal && s.reason().contains(words)));
    }

    private void plug(String address) throws Exception {
        box = new Lkv373aEmulator(new InetSocketAddress(InetAddress.getByName(address), port), muxer, wire).start(60);
    }

    private Receiver receiver(String group) {
        return new Receiver(() -> Settings.of(Map.of("interface", "lo", "group", group, "port", port, "kind", "lkv373a")));
    }
}
