package org.catseye.testkit.lkv;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An LKV373A that sends: from the loopback interface to a group or an address. A thread of its own sends frames at a steady rate once
 * {@link #start} is called; what is sent is chosen by the setters, at any time.
 */
public final class Lkv373aEmulator implements AutoCloseable {

    /** Frames from one key frame to the next, as in the boxes' own logs. */
    public static final int GROUP_OF_PICTURES = 120;
    private static final int STATUS_EVERY = 6;

    private final DatagramChannel channel;
    private volatile InetSocketAddress to;
    private final Muxer muxer;
    private final Wire wire;
    private volatile int width = 1280;
    private volatile int height = 720;
    private volatile int group = GROUP_OF_PICTURES;
    private volatile int bytes = 3000;
    private volatile boolean locked = true;
    private volatile boolean pictures = true;
    private volatile boolean sending = true;
    private volatile boolean stopped;
    private volatile int sent;
    private volatile boolean keyNext = true;
    private Thread thread;

    /**
     * @param to a multicast group or an address of this machine, with the port
     * @param muxer what goes into the stream
     * @param wire how it is sent
     */
    public Lkv373aEmulator(InetSocketAddress to, Muxer muxer, Wire wire) throws IOException {
        this.to = to;
        this.muxer = muxer;
        this.wire = wire;
        channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    }

    /** Size of the picture; goes with the next key frame, which comes at once. */
    public void size(int wide, int high) {
        width = wide;
        height = high;
        keyNext = true;
    }

    /** Frames from one key frame to the next. */
    public void group(int frames) {
        group = frames;
    }

    /** Size of a slice in bytes; a key frame has four times as many. */
    public void bytes(int ofSlice) {
        bytes = ofSlice;
    }

    /** Whether the status says that there is a signal. */
    public void locked(boolean value) {
        locked = value;
    }

    /** Whether there are pictures in the stream; tables and status go on. */
    public void pictures(boolean value) {
        pictures = value;
    }

    /** Whether anything is sent at all: off is a box without power. */
    public void power(boolean on) {
        if (on && !sending) {
            keyNext = true;
        }
        sending = on;
    }

    /** Where to, from now on: its settings were changed. */
    public void sendTo(InetSocketAddress address) {
        to = address;
        keyNext = true;
    }

    /** Frames sent so far; the number of the next one. */
    public int sent() {
        return sent;
    }

    /** Sends frames from now on, so many a second. */
    public Lkv373aEmulator start(int framesPerSecond) {
        thread = new Thread(() -> run(TimeUnit.SECONDS.toNanos(1) / framesPerSecond), "lkv373a-emulator");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Sends these bytes as one datagram. */
    public void datagram(byte[] datagram) throws IOException {
        channel.send(ByteBuffer.wrap(datagram), to);
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            if (thread != null) {
                LockSupport.unpark(thread);
                thread.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            channel.close();
        }
    }

    private void run(long interval) {
        long next = System.nanoTime();
        int inGroup = 0;
        for (int turn = 0; !stopped; turn++) {
            try {
                if (sending) {
                    boolean key = keyNext || inGroup >= group;
                    inGroup = key ? 1 : inGroup + 1;
                    send(turn, key);
                }
            } catch (IOException e) {
                throw new IllegalStateException("the emulator cannot send", e);
            }
            next += interval;
            while (!stopped && next - System.nanoTime() > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private void send(int turn, boolean key) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        if (key || turn % STATUS_EVERY == 0) {
            packets.addAll(muxer.tables());
            packets.add(muxer.status(locked, false, width, height, 60_000));
        }
        if (pictures) {
            keyNext = false;
            int number = sent;
            packets.addAll(muxer.frame(SyntheticVideo.unit(key, width, height, number, key ? 4 * bytes : bytes), 3000L * turn));
            sent = number + 1;
        }
        for (byte[] datagram : wire.datagrams(packets)) {
            datagram(datagram);
        }
    }
}
