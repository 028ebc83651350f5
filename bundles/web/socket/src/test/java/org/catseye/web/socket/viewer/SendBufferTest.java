package org.catseye.web.socket.viewer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class SendBufferTest {

    private static final int FRAME = 100_000;

    private final List<Integer> sizes = new ArrayList<>();
    private long now = 1;
    private final SendBuffer buffer = new SendBuffer(new SendBuffer.Socket() {
        @Override
        public <T> void set(SocketOption<T> option, T value) {
            assertEquals(StandardSocketOptions.SO_SNDBUF, option);
            sizes.add((Integer) value);
        }
    });

    @Test
    public void aQuickViewerCostsOneCall() {
        buffer.capSize();
        frames(100, 2, 33);

        assertEquals(List.of(SendBuffer.MAX_BYTES), sizes);
    }

    @Test
    public void aSlowViewerGetsWhatItTakesInAQuarterOfASecond() {
        buffer.capSize();
        frames(10, 250, 250);

        assertEquals("400 KB/s, an eighth of a second, which the kernel doubles", List.of(SendBuffer.MAX_BYTES, 50_000), sizes);
    }

    /** As the kernel does it: room comes in large pieces. */
    @Test
    public void aSlowViewerWhoseWritesWaitByTurnsIsStillSlow() {
        buffer.capSize();
        for (int i = 0; i < 20; i++) {
            frames(1, 490, 490);
            frames(1, 10, 10);
        }

        assertEquals(List.of(SendBuffer.MAX_BYTES, 50_000), sizes);
    }

    @Test
    public void aVerySlowViewerStillGetsSomePackets() {
        buffer.capSize();
        frames(1, 20_000, 20_000);

        assertEquals(SendBuffer.MIN_BYTES, last());
    }

    @Test
    public void whoIsQuickAgainGetsTheWholeBufferBack() {
        buffer.capSize();
        frames(20, 250, 250);
        frames(100, 5, 33);

        assertEquals(SendBuffer.MAX_BYTES, last());
    }

    @Test
    public void smallVariationIsNotFollowed() {
        buffer.capSize();
        frames(7, 250, 250);
        for (int i = 0; i < 100; i++) {
            frames(1, 230 + i % 40, 230 + i % 40);
        }

        assertEquals(sizes.toString(), 2, sizes.size());
    }

    /** Where the round trip is what holds up, the buffer grows with each window until the line is full. */
    @Test
    public void aLongWayDoesNotKeepTheBufferSmall() {
        buffer.capSize();
        frames(1, 1000, 1000);
        for (int i = 0; i < 200; i++) {
            // One buffer full goes each 150 ms.
            long millis = (long) (FRAME * 150.0 / (2 * last()));
            frames(1, millis, millis);
        }

        assertTrue("stays at " + last(), last() >= SendBuffer.MAX_BYTES * 3 / 4);
    }

    @Test
    public void aSocketThatRefusesHarmsNobody() {
        SendBuffer refused = new SendBuffer(new SendBuffer.Socket() {
            @Override
            public <T> void set(SocketOption<T> option, T value) throws IOException {
                throw new IOException("closed");
            }
        });
        refused.capSize();
        refused.recordWrite(FRAME, 0, TimeUnit.SECONDS.toNanos(1));
    }

    /** Frames whose writes take so long, one each so many milliseconds. */
    private void frames(int count, long millis, long each) {
        for (int i = 0; i < count; i++) {
            buffer.recordWrite(FRAME, now, now + TimeUnit.MILLISECONDS.toNanos(millis));
            now += TimeUnit.MILLISECONDS.toNanos(each);
        }
    }

    private int last() {
        return sizes.get(sizes.size() - 1);
    }
}
