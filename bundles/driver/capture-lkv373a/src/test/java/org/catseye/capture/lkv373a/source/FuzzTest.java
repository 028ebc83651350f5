package org.catseye.capture.lkv373a.source;

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
import org.catseye.capture.lkv373a.h264.SequenceParameters;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.testkit.lkv.DatagramPacker;
import org.catseye.testkit.lkv.Muxer;
import org.catseye.testkit.lkv.SyntheticVideo;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.junit.Test;

/**
 * Feeds corrupted datagrams: they must cause no exception, no growth of memory and no slot that is never released. Sends a million of
 * them, or the number in the property {@code catseye.fuzz}.
 */
public class FuzzTest {

    private static final int DATAGRAMS = Integer.getInteger("catseye.fuzz", 1_000_000);
    private static final long TIMEOUT_MILLIS = 120_000;
    private static final int MAX_SLOT_BYTES = 8 * 1024 * 1024;

    /** Less than a byte for each datagram between the two measurements. */
    private static final long MAX_HEAP_GROWTH = 512 * 1024;
    private static final long MAX_DIRECT_GROWTH = 64 * 1024;

    /** Memory in use after garbage collection, in bytes; the direct memory excludes the lent slots. */
    private record Footprint(long heap, long direct) {

        static Footprint measure(CountingContext context) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
            return new Footprint(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct - context.made);
        }
    }

    private final SplittableRandom random = new SplittableRandom(42);
    private final CountingContext context = new CountingContext();
    private long nanos;

    @Test(timeout = TIMEOUT_MILLIS)
    public void corruptedDatagramsDoNoHarm() throws Exception {
        Lkv373aSource source = new Lkv373aSource(Settings.parseSettings(Map.of()), context, () -> nanos);
        List<byte[]> corpus = createCorpus();
        InetSocketAddress box = Feed.address(5);
        ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
        Footprint before = null;
        for (int i = 0; i < DATAGRAMS; i++) {
            if (i == DATAGRAMS / 10) {
                before = Footprint.measure(context);
            }
            writeCorrupted(corpus.get(i % corpus.size()), datagram);
            nanos += 300_000;
            source.acceptDatagram(1, box, datagram, nanos);
            if (i % 300 == 0) {
                source.runPeriodicTasks(nanos);
                source.diagnoseSignal(nanos);
            }
        }
        Footprint after = Footprint.measure(context);
        assertTrue("heap grew from " + before + " to " + after, after.heap() - before.heap() < MAX_HEAP_GROWTH);
        assertTrue("direct memory grew from " + before + " to " + after, after.direct() - before.direct() < MAX_DIRECT_GROWTH);
        source.close();
        assertEquals("slots held", 0, context.held);
        assertTrue("one unit is open at a time, plus a larger slot while it moves", context.mostHeld <= 3);
        assertTrue("frames came through between the damage: " + context.published, context.published > 100);
    }

    @Test(timeout = TIMEOUT_MILLIS)
    public void corruptedChunksDoNoHarm() {
        JpegAssembler assembler = new JpegAssembler(context);
        ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
        for (int i = 0; i < DATAGRAMS / 4; i++) {
            byte[] chunk = new byte[1024];
            chunk[1] = (byte) (i >> 5);
            chunk[2] = (byte) (i % 32 == 31 ? 0x80 : 0);
            chunk[3] = (byte) (i % 32);
            writeCorrupted(chunk, datagram);
            assembler.acceptChunk(datagram, i);
        }
        assembler.close();
        assertEquals(0, context.held);
    }

    @Test(timeout = TIMEOUT_MILLIS)
    public void corruptedParameterSetsAreRejectedOrHaveASize() {
        byte[] sps = SyntheticVideo.createSequenceParameters(1920, 1080);
        for (int i = 0; i < DATAGRAMS / 4; i++) {
            byte[] bytes = java.util.Arrays.copyOf(sps, random.nextInt(1, 40));
            for (int change = random.nextInt(6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            SequenceParameters.parseUnit(ByteBuffer.wrap(bytes)).ifPresent(found -> assertTrue(found.width() > 0 && found.height() > 0));
        }
    }

    /** An undamaged stream in both modes. */
    private static List<byte[]> createCorpus() {
        List<byte[]> corpus = new ArrayList<>();
        for (boolean lengths : new boolean[] {true, false}) {
            Muxer muxer = new Muxer().withPesLengths(lengths);
            for (boolean rtp : new boolean[] {false, true}) {
                DatagramPacker packer = new DatagramPacker(1).useRtp(rtp).sendEmptyDatagrams(true);
                for (int i = 0; i < 12; i++) {
                    List<byte[]> packets = new ArrayList<>(muxer.createTables());
                    packets.add(muxer.createStatus(true, false, 1280, 720, 60_000));
                    packets.addAll(muxer.createFrame(SyntheticVideo.createUnit(i % 3 == 0, 1280, 720, i, 4000), i * 3000L));
                    corpus.addAll(packer.packDatagrams(packets));
                }
            }
        }
        return corpus;
    }

    private void writeCorrupted(byte[] original, ByteBuffer to) {
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
                // In the headers.
                for (int i = random.nextInt(1, 4); length > 200 && i > 0; i--) {
                    to.put(188 * random.nextInt(length / 188) + random.nextInt(20), (byte) random.nextInt());
                }
            }
            default -> {
            }
        }
        to.position(0).limit(length);
    }

    /** A hub that reuses its slots and counts them. */
    private static final class CountingContext implements CaptureContext {
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
            if (bytes > MAX_SLOT_BYTES) {
                return Optional.empty();
            }
            held++;
            mostHeld = Math.max(mostHeld, held);
            int fitting = 0;
            while (fitting < free.size() && free.get(fitting).capacity() < bytes) {
                fitting++;
            }
            ByteBuffer lent = fitting < free.size() ? free.remove(fitting) : allocate(Integer.highestOneBit(bytes) * 2);
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

        private ByteBuffer allocate(int bytes) {
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
