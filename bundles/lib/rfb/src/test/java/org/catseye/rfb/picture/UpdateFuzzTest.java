package org.catseye.rfb.picture;

import static org.junit.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.catseye.rfb.picture.ServerBytes.Filter;
import org.junit.Test;

/** Valid updates with random mistakes: the reader ends with an IOException or reads on, and allocates no more than its screen needs. */
public class UpdateFuzzTest {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 70;
    private static final int ROUNDS = Integer.getInteger("catseye.fuzzRounds", 500);
    /** The largest screen as pixels and as decoded JPEG, and buffers. */
    private static final long MAX_ALLOCATED = 24L * Connection.MAX_PIXELS;

    private static byte[] session(Random random) {
        int[] pixels = random.ints(WIDTH * HEIGHT, 0, 40).map(colour -> colour * 0x050301).toArray();
        return new ServerBytes().update(9)
            .rectangle(0, 0, WIDTH, HEIGHT, Encoding.ZRLE).zrle(pixels, WIDTH, HEIGHT)
            .rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).tight(pixels, WIDTH, Filter.PALETTE, 0)
            .rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).tight(pixels, WIDTH, Filter.GRADIENT, 1)
            .rectangle(0, 0, WIDTH, HEIGHT, Encoding.TIGHT).tightJpeg(ServerBytes.jpeg(pixels, WIDTH))
            .rectangle(0, 0, WIDTH, HEIGHT, Encoding.HEXTILE).hextile(pixels, WIDTH, HEIGHT)
            .rectangle(5, 5, 20, 20, Encoding.COPY_RECT).u16(10).u16(10)
            .rectangle(3, 3, 16, 4, Encoding.CURSOR).raw(new int[64]).bytes(new byte[8])
            .rectangle(0, 0, WIDTH, HEIGHT + 8, Encoding.EXTENDED_DESKTOP_SIZE).u8(1).bytes(new byte[19])
            .rectangle(0, 0, 0, 0, Encoding.DESKTOP_NAME).u32(4).u32(0x41424344)
            .update(1).rectangle(0, 0, WIDTH, HEIGHT, Encoding.RAW).raw(pixels).toByteArray();
    }

    private static void damage(byte[] bytes, Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(3) == 0 ? random.nextInt(Math.min(64, bytes.length)) : random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= 1 << random.nextInt(8);
                default -> bytes[at] = (byte) 0xff;
            }
        }
    }

    @Test
    public void damagedUpdatesEndInAnIOExceptionAndBoundedMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = session(random);
            damage(bytes, random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try (Connection connection = new Connection(WIDTH, HEIGHT, bytes)) {
                connection.reader.readUpdate();
                connection.reader.readUpdate();
                connection.picture.decodeWholeJpeg();
            } catch (IOException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue("seed " + seed + " allocated " + allocated, allocated < MAX_ALLOCATED);
        }
        assertTrue("most mistakes are noticed: " + refused, refused > ROUNDS / 4);
    }
}
