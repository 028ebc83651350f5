package org.catseye.capture.lkv373a;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.catseye.testkit.lkv.Wire;

/** A source fed by hand, without a network and with a clock of its own. */
final class Feed {

    static final long MILLI = 1_000_000;

    final FakeCaptureContext context = new FakeCaptureContext();
    final Muxer muxer = new Muxer();
    final Wire wire = new Wire(7);
    final Lkv373aSource source;
    private final InetSocketAddress box;
    long nanos = 1_000_000_000L;
    /** Whether the last datagram of a frame is filled up with nothing. */
    boolean fill = true;
    /** Whether the network brings each datagram twice. */
    boolean twice;
    private int number;

    Feed() {
        this(Map.of());
    }

    Feed(Map<String, Object> properties) {
        try {
            source = new Lkv373aSource(Settings.of(properties), context, () -> nanos);
            box = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 5}), 5004);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Tables, then frames in 33 ms each, the first of them a key frame. */
    void group(int frames) {
        send(wire.datagrams(muxer.tables()));
        for (int i = 0; i < frames; i++) {
            frame(i == 0, 1280, 720, 3000);
        }
    }

    void frame(boolean key, int width, int height, int bytes) {
        List<byte[]> datagrams = wire.datagrams(muxer.frame(SyntheticVideo.unit(key, width, height, number, bytes), 3000L * number));
        datagrams.forEach(datagram -> send(fill ? datagram : unfilled(datagram)));
        number++;
        pass(33);
    }

    /** Without the packets that fill a datagram up. */
    private static byte[] unfilled(byte[] datagram) {
        int length = datagram.length;
        while (ByteBuffer.wrap(datagram).getInt(length - Muxer.PACKET) == ByteBuffer.wrap(Muxer.nothing()).getInt(0)) {
            length -= Muxer.PACKET;
        }
        return Arrays.copyOf(datagram, length);
    }

    void pass(long millis) {
        nanos += millis * MILLI;
        try {
            source.tick(nanos);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        source.say(nanos);
    }

    void send(List<byte[]> datagrams) {
        datagrams.forEach(this::send);
    }

    void send(byte[] datagram) {
        sendFrom(box, datagram);
        if (twice) {
            sendFrom(box, datagram);
        }
    }

    void sendFrom(InetSocketAddress from, byte[] datagram) {
        source.take(1, from, ByteBuffer.allocateDirect(datagram.length).put(datagram).flip(), nanos);
    }

    static InetSocketAddress address(int last) {
        try {
            return new InetSocketAddress((Inet4Address) InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), 5004);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The numbers of the frames that were published. */
    List<Integer> numbers() {
        return context.frames().stream().map(frame -> SyntheticVideo.number(frame.data())).toList();
    }

    Optional<Say> say() {
        return source.say(nanos);
    }

    String words() {
        return say().map(said -> said.signal() + " " + said.words()).orElse("");
    }
}
