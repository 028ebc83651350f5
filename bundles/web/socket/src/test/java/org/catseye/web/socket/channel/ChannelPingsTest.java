package org.catseye.web.socket.channel;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.socket.FakeSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Constants;

/** When a client counts as dead, in a time of its own: milliseconds that pass as fast as the test runs. */
public class ChannelPingsTest {

    private static final long NEVER = -1;

    private final FakeSocket client = new FakeSocket();
    /** When signs of life of the client arrive. */
    private final Queue<Long> signs = new PriorityQueue<>();
    private Runnable ping;
    private long pingMillis;
    private long now;
    private long releasedAt = NEVER;
    private Channels channels;
    private ChannelSocket socket;

    @Before
    public void openSocket() {
        channels = new Channels(new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
                ping = task;
                pingMillis = unit.toMillis(delay);
                return null;
            }
        });
        channels.bindHandler(new ReleaseRecorder(), Map.of(ChannelHandler.NAME, "control", ChannelHandler.PROTOCOL, "x", Constants.SERVICE_ID, 1L));
        socket = new ChannelSocket(channels, "control", "default", new FakeSession(), "192.0.2.7", () -> { });
        socket.startOn(client);
    }

    @After
    public void stop() {
        socket.onConnectionClosed();
        channels.deactivate();
    }

    @Test
    public void theKeysOfADeadClientAreReleasedWithinTwoSecondsOfItsLastSign() {
        for (long offset = 0; offset < pingMillis; offset += 10) {
            long lastSign = now + 1_000 + offset;
            releasedAt = NEVER;
            signs.add(lastSign);
            advanceTo(lastSign + 5_000, 0, 0);
            assertTrue(releasedAt - lastSign + " ms", releasedAt - lastSign > 1_300 && releasedAt - lastSign <= 2_000);
        }
        assertTrue("it still has its socket", client.open);
    }

    @Test
    public void aDeadClientIsDisconnectedAfterHalfAMinute() {
        advanceTo(20_000, 0, 0);
        assertTrue(client.open);
        advanceTo(31_000, 0, 0);
        assertTrue(client.disconnected);
    }

    /** For an hour; the answers come in order, as TCP delivers them. */
    @Test
    public void roundTripsOf400MillisecondsWithJitterReleaseNothing() {
        advanceTo(3_600_000, 50, 750);
        assertEquals(NEVER, releasedAt);
        assertTrue(client.open);
    }

    /** Each ping is answered after a time between {@code least} and {@code most}, or not at all if both are 0. */
    private void advanceTo(long end, int least, int most) {
        Random random = new Random(11);
        long newestSign = now;
        while (now < end) {
            now++;
            while (!signs.isEmpty() && signs.peek() <= now) {
                signs.poll();
                socket.receivePong();
            }
            if (now % pingMillis == 0) {
                ping.run();
                if (most > 0) {
                    newestSign = Math.max(newestSign, now + least + random.nextInt(most - least));
                    signs.add(newestSign);
                }
            }
        }
    }

    private final class ReleaseRecorder implements ChannelHandler {

        @Override
        public End open(Channel channel) {
            return new End() {
                @Override
                public void message(String text) {
                    throw new AssertionError(text);
                }

                @Override
                public void silent() {
                    releasedAt = now;
                }

                @Override
                public void closed() {
                    // At the end of the test.
                }
            };
        }
    }
}
