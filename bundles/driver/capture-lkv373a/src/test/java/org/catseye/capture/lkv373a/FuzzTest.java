package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.catseye.testkit.lkv.Wire;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.junit.Test;

/**
 * Datagrams that were tampered with: whatever comes, nothing is thrown, nothing grows and nothing is held for good. A million of them,
 * or as many as the property {@code catseye.fuzz} says.
 */
public class FuzzTest {

    private static final int DATAGRAMS = Integer.getInteger("catseye.fuzz", 1_000_000);
    private static final long BOUND_MILLIS = 120_000;
    private static final int LARGEST = 8 * 1024 * 1024;

    /** Less than a byte for each datagram that came in between. */
    private static final long HEAP_BOUND = 512 * 1024;
    private static final long DIRECT_BOUND = 64 * 1024;

    /** What is in use once the garbage is gone, in bytes; direct memory without the slots that were lent. */
    private record Footprint(long heap, long direct) {

        static Footprint now(Counting context) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
            return new Footprint(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct - context.made);
        }
    }

    private final SplittableRandom random = new SplittableRandom(42);
    private final Counting context = new Counting();
    private long nanos;

    @Test(timeout = BOUND_MILLIS)
    public void tamperedDatagramsDoNoHarm() throws Exception {
        Lkv373aSource source = new Lkv373aSource(Settings.of(Map.of()), context, () -> nanos);
        List<byte[]> corpus = corpus();
        InetSocketAddress box = Feed.address(5);
        ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
        Footprint before = null;
        for (int i = 0; i < DATAGRAMS; i++) {
            if (i == DATAGRAMS / 10) {
                before = Footprint.now(context);
            }
            mutate(corpus.get(i % corpus.size()), datagram);
            nanos += 300_000;
            source.take(1, box, datagram, nanos);
            if (i % 300 == 0) {
                source.tick(nanos);
                source.say(nanos);
            }
        }
        Footprint after = Footprint.now(context);
        assertTrue("heap grew from " + before + " to " + after, after.heap() - before.heap() < HEAP_BOUND);
        assertTrue("direct memory grew from " + before + " to " + after, after.direct() - before.direct() < DIRECT_BOUND);
        source.close();
        assertEquals("slots held", 0, context.held);
        assertTrue("one unit is open at a time, with room to move", context.mostHeld <= 3);
        assertTrue("frames came through between the damage: " + context.published, context.published > 100);
    }

    @Test(timeout = BOUND_MILLIS)
    public void tamperedChunksDoNoHarm() {
        Chunks chunks = new Chunks(context);
        ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
        for (int i = 0; i < DATAGRAMS / 4; i++) {
            byte[] chunk = new byte[1024];
            chunk[1] = (byte) (i >> 5);
            chunk[2] = (byte) (i % 32 == 31 ? 0x80 : 0);
            chunk[3] = (byte) (i % 32);
            mutate(chunk, datagram);
            chunks.datagram(datagram, i);
        }
        chunks.close();
        assertEquals(0, context.held);
    }

    @Test(timeout = BOUND_MILLIS)
    public void noiseInParameterSetsEndsAndIsRefusedOrHasASize() {
        byte[] sps = SyntheticVideo.sps(1920, 1080);
        for (int i = 0; i < DATAGRAMS / 4; i++) {
            byte[] bytes = java.util.Arrays.copyOf(sps, random.nextInt(1, 40));
            for (int change = random.nextInt(6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Sps.parse(ByteBuffer.wrap(bytes)).ifPresent(found -> assertTrue(found.width() > 0 && found.height() > 0));
        }
    }

    /** A stream of both modes, without its damage. */
    private static List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>();
        for (boolean lengths : new boolean[] {true, false}) {
            Muxer muxer = new Muxer().pesLengths(lengths);
            for (boolean rtp : new boolean[] {false, true}) {
                Wire wire = new Wire(1).rtp(rtp).empties(true);
                for (int i = 0; i < 12; i++) {
                    List<byte[]> packets = new ArrayList<>(muxer.tables());
                    packets.add(muxer.status(true, false, 1280, 720, 60_000));
                    packets.addAll(muxer.frame(SyntheticVideo.unit(i % 3 == 0, 1280, 720, i, 4000), i * 3000L));
                    corpus.addAll(wire.datagrams(packets));
                }
            }
        }
        return corpus;
    }

    private void mutate(byte[] original, ByteBuffer to) {
        to.clear().put(original);
        int length = original.length;
        switch (random.nextInt(12)) {
            case 0 -> length = random.nextInt(length + 1);
            case 1 -> length = Math.min(to.capacity(), length + random.nextInt(400));
            case 2, 3, 4 -> {
                for (int i = random.nextInt(1, 8); length > 0 && i > 0; i--) {
                    to.put(random.nextInt(length), (byte) random.nextInt());
                }
            }
            case 5 -> {
                // Where the heads are.
                for (int i = random.nextInt(1, 4); length > 200 && i > 0; i--) {
                    to.put(188 * random.nextInt(length / 188) + random.nextInt(20), (byte) random.nextInt());
                }
            }
            default -> {
            }
        }
        to.position(0).limit(length);
    }

    /** A hub with one megabyte of slots that are used again and again. */
    private static final class Counting implements CaptureContext {
        private int held;
        private int mostHeld;
        private long made;
        private long published;
        private final List<ByteBuffer> free = new ArrayList<>();

        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public int viewerCount() {
            return 1;
        }

        @Override
        public boolean isKeyFrameRequested() {
            return false;
        }

        @Override
        public void setWakeAction(Runnable wake) {
        }

        @Override
        public Optional<Slot> acquireSlot(int bytes) {
            assertTrue("asked for " + bytes, bytes > 0);
            if (bytes > LARGEST) {
                return Optional.empty();
            }
            held++;
            mostHeld = Math.max(mostHeld, held);
            int fitting = 0;
            while (fitting < free.size() && free.get(fitting).capacity() < bytes) {
                fitting++;
            }
            ByteBuffer lent = fitting < free.size() ? free.remove(fitting) : make(Integer.highestOneBit(bytes) * 2);
            lent.clear().limit(bytes);
            return Optional.of(new Slot() {
                private boolean gone;

                @Override
                public ByteBuffer buffer() {
                    return lent;
                }

                @Override
                public void close() {
                    if (!gone) {
                        gone = true;
                        held--;
                        free.add(lent);
                    }
                }
            });
        }

        private ByteBuffer make(int bytes) {
            made += bytes;
            return ByteBuffer.allocateDirect(bytes);
        }

        @Override
        public void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos) {
            assertTrue("not empty", slot.buffer().position() > 0);
            assertTrue(format != null);
            published++;
            slot.close();
        }

        @Override
        public void reportIncomingSignal(IncomingSignal incoming) {
        }

        @Override
        public void reportSignal(Signal signal, String reason) {
        }

        @Override
        public void reportLostFrames(long frames) {
        }
    }
}
