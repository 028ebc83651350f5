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
 * Emulates an LKV373A: sends from the loopback interface to a multicast group or an address. Its own thread sends frames at a steady
 * rate after {@link #startSending}. The setters change the stream at any time and from any thread.
 */
public final class Lkv373aEmulator implements AutoCloseable {

    /** Frames between key frames, according to the boxes' own logs. */
    public static final int GROUP_OF_PICTURES = 120;
    private static final int STATUS_EVERY = 6;

    private final DatagramChannel channel;
    private volatile InetSocketAddress to;
    private final Muxer muxer;
    private final DatagramPacker packer;
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
     * @param muxer creates the stream
     * @param packer packs it into datagrams
     */
    public Lkv373aEmulator(InetSocketAddress to, Muxer muxer, DatagramPacker packer) throws IOException {
        this.to = to;
        this.muxer = muxer;
        this.packer = packer;
        channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    }

    /** Sets the size of the picture in pixels. The next frame is a key frame of this size. */
    public void setPictureSize(int wide, int high) {
        width = wide;
        height = high;
        keyNext = true;
    }

    /** Sets the number of frames between key frames. */
    public void setGroupLength(int frames) {
        group = frames;
    }

    /** Sets the size of a slice in bytes; a key frame has four times as many. */
    public void setSliceBytes(int ofSlice) {
        bytes = ofSlice;
    }

    /** Sets whether the status reports a signal. */
    public void setSignalPresent(boolean value) {
        locked = value;
    }

    /** Sets whether the stream contains pictures; tables and status continue. */
    public void setPicturesSent(boolean value) {
        pictures = value;
    }

    /** Sets whether anything is sent; off emulates a box without power. */
    public void setPower(boolean on) {
        if (on && !sending) {
            keyNext = true;
        }
        sending = on;
    }

    /** Changes the destination, like a change in the web page. */
    public void setDestination(InetSocketAddress address) {
        to = address;
        keyNext = true;
    }

    /** The number of frames sent so far, which is the number of the next one. */
    public int sentFrames() {
        return sent;
    }

    /** Starts to send frames. */
    public Lkv373aEmulator startSending(int framesPerSecond) {
        thread = new Thread(() -> sendFrames(TimeUnit.SECONDS.toNanos(1) / framesPerSecond), "lkv373a-emulator");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Sends these bytes as one datagram. */
    public void sendDatagram(byte[] datagram) throws IOException {
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

    private void sendFrames(long interval) {
        long next = System.nanoTime();
        int inGroup = 0;
        for (int turn = 0; !stopped; turn++) {
            try {
                if (sending) {
                    boolean key = keyNext || inGroup >= group;
                    inGroup = key ? 1 : inGroup + 1;
                    sendFrame(turn, key);
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

    private void sendFrame(int turn, boolean key) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        if (key || turn % STATUS_EVERY == 0) {
            packets.addAll(muxer.createTables());
            packets.add(muxer.createStatus(locked, false, width, height, 60_000));
        }
        if (pictures) {
            keyNext = false;
            int number = sent;
            packets.addAll(muxer.createFrame(SyntheticVideo.createUnit(key, width, height, number, key ? 4 * bytes : bytes), 3000L * turn));
            sent = number + 1;
        }
        for (byte[] datagram : packer.packDatagrams(packets)) {
            sendDatagram(datagram);
        }
    }
}
