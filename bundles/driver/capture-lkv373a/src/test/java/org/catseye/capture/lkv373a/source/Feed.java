package org.catseye.capture.lkv373a.source;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.lkv373a.diagnosis.SignalReport;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.DatagramPacker;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.SyntheticVideo;

/** Feeds a source without a network, with its own clock. */
final class Feed {

    static final long MILLI = 1_000_000;

    final FakeCaptureContext context = new FakeCaptureContext();
    final Muxer muxer = new Muxer();
    final DatagramPacker packer = new DatagramPacker(7);
    final Lkv373aSource source;
    private final InetSocketAddress box;
    long nanos = 1_000_000_000L;
    /** Whether null packets fill the last datagram of a frame. */
    boolean fillsDatagrams = true;
    /** Whether the network duplicates each datagram. */
    boolean duplicates;
    private int number;

    Feed() {
        this(Map.of());
    }

    Feed(Map<String, Object> properties) {
        try {
            source = new Lkv373aSource(Settings.parseSettings(properties), context, () -> nanos);
            box = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 5}), 5004);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Sends tables, then frames at intervals of 33 ms; the first is a key frame. */
    void sendGroup(int frames) {
        send(packer.packDatagrams(muxer.createTables()));
        for (int i = 0; i < frames; i++) {
            sendFrame(i == 0, 1280, 720, 3000);
        }
    }

    void sendFrame(boolean key, int width, int height, int bytes) {
        List<byte[]> datagrams = packer.packDatagrams(muxer.createFrame(SyntheticVideo.createUnit(key, width, height, number, bytes), 3000L * number));
        datagrams.forEach(datagram -> send(fillsDatagrams ? datagram : removeNullPackets(datagram)));
        number++;
        advanceTime(33);
    }

    /** The datagram without its null packets. */
    private static byte[] removeNullPackets(byte[] datagram) {
        int length = datagram.length;
        while (ByteBuffer.wrap(datagram).getInt(length - Muxer.PACKET_BYTES) == ByteBuffer.wrap(Muxer.createNullPacket()).getInt(0)) {
            length -= Muxer.PACKET_BYTES;
        }
        return Arrays.copyOf(datagram, length);
    }

    void advanceTime(long millis) {
        nanos += millis * MILLI;
        try {
            source.runPeriodicTasks(nanos);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        source.diagnoseSignal(nanos);
    }

    void send(List<byte[]> datagrams) {
        datagrams.forEach(this::send);
    }

    void send(byte[] datagram) {
        sendFrom(box, datagram);
        if (duplicates) {
            sendFrom(box, datagram);
        }
    }

    void sendFrom(InetSocketAddress from, byte[] datagram) {
        source.acceptDatagram(1, from, ByteBuffer.allocateDirect(datagram.length).put(datagram).flip(), nanos);
    }

    static InetSocketAddress address(int last) {
        try {
            return new InetSocketAddress((Inet4Address) InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), 5004);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The numbers of the frames that were published. */
    List<Integer> publishedNumbers() {
        return context.frames().stream().map(frame -> SyntheticVideo.readNumber(frame.data())).toList();
    }

    Optional<SignalReport> diagnoseSignal() {
        return source.diagnoseSignal(nanos);
    }

    String report() {
        return diagnoseSignal().map(found -> found.signal() + " " + found.message()).orElse("");
    }
}
