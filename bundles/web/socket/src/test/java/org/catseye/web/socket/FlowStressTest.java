package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.mjpeg.MjpegConnection;
import org.catseye.web.socket.mjpeg.MjpegOptions;
import org.catseye.web.socket.video.VideoSocketConnection;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FrameConnection;
import org.catseye.web.socket.viewer.FrameHeads;
import org.junit.After;
import org.junit.Test;

/** Publishing, reading, acknowledging and swapping at once: the last frame always arrives, and no handle is left. */
public class FlowStressTest {

    private static final int FRAMES = 100_000;
    private static final int SIZE = 24;

    private final FakeScheduler scheduler = new FakeScheduler();
    private final HarshEndPoint client = new HarshEndPoint(scheduler);
    private final FakeSession session = new FakeSession();
    private final Feed feed = new Feed();
    private final BoundHubs hubs = new BoundHubs(feed);
    private final FakeHub hub = new FakeHub(SIZE);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @After
    public void stop() {
        threads.shutdownNow();
    }

    @Test(timeout = 120_000)
    public void noWakeUpIsLostBetweenPublishingAndAcknowledging() throws Exception {
        VideoSocketConnection connection = new VideoSocketConnection(client, Runnable::run, scheduler, feed, session, ClientReader.Throttle.NONE, java.util.EnumSet.allOf(org.catseye.video.Codec.class), java.util.Optional.empty());
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        Future<?> publisher = threads.submit(this::publishAll);
        AckingClient acking = new AckingClient();
        Future<Long> reader = threads.submit(acking);
        publisher.get();
        assertEquals("the last frame came", (long) FRAMES, (long) reader.get());
        assertTrue(acking.pictures > 1);
        client.close();
        hub.assertAllClosedOnce();
    }

    @Test(timeout = 120_000)
    public void noWakeUpIsLostWhenWritesEndOnAnotherThread() throws Exception {
        MjpegOptions plain = new MjpegOptions(false, false, false, false);
        MjpegConnection connection = new MjpegConnection(client, Runnable::run, scheduler, feed, session, ClientReader.Throttle.NONE, plain);
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        AtomicBoolean done = new AtomicBoolean();
        Future<?> completer = threads.submit(() -> {
            Random random = new Random(1);
            while (!done.get()) {
                client.allow(1 + random.nextInt(200));
            }
        });
        publishAll();
        done.set(true);
        completer.get();
        client.allowAll();
        List<Long> pictures = ServerWire.parts(client.taken());
        assertEquals((long) FRAMES, (long) pictures.get(pictures.size() - 1));
        for (int i = 1; i < pictures.size(); i++) {
            assertTrue("never back", pictures.get(i) > pictures.get(i - 1));
        }
        client.close();
        hub.assertAllClosedOnce();
    }

    @Test(timeout = 120_000)
    public void viewersAndHubsComeAndGoAtOnceAndLeaveNothing() throws Exception {
        FakeHub other = new FakeHub(SIZE);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<?>> running = new ArrayList<>();
        running.add(threads.submit(() -> swap(other, done)));
        running.add(threads.submit(() -> publishBoth(other, done)));
        for (int seed = 0; seed < 2; seed++) {
            Random random = new Random(seed);
            running.add(threads.submit(() -> comeAndGo(random)));
        }
        running.get(2).get();
        running.get(3).get();
        done.set(true);
        running.get(0).get();
        running.get(1).get();
        hubs.unbind(hub);
        hubs.unbind(other);
        assertEquals(0, hub.viewers());
        assertEquals(0, other.viewers());
        assertEquals(0, session.registrations());
        assertFalse(feed.hub().isPresent());
        hub.assertAllClosedOnce();
        other.assertAllClosedOnce();
    }

    private void publishAll() {
        for (int i = 0; i < FRAMES; i++) {
            hub.publish();
        }
    }

    private void publishBoth(FakeHub other, AtomicBoolean done) {
        while (!done.get()) {
            hub.publish();
            other.publish();
        }
    }

    private void swap(FakeHub other, AtomicBoolean done) {
        while (!done.get()) {
            hubs.bind(hub);
            hubs.unbind(other);
            hubs.bind(other);
            hubs.unbind(hub);
        }
    }

    private void comeAndGo(Random random) {
        for (int i = 0; i < 5_000; i++) {
            FakeScheduler time = new FakeScheduler();
            HarshEndPoint end = new HarshEndPoint(time, false);
            MjpegOptions options = new MjpegOptions(false, random.nextBoolean(), false, false);
            FrameConnection viewer = random.nextBoolean() ? new VideoSocketConnection(end, Runnable::run, time, feed, session, ClientReader.Throttle.NONE, java.util.EnumSet.allOf(org.catseye.video.Codec.class), java.util.Optional.empty())
                    : new MjpegConnection(end, Runnable::run, time, feed, session, ClientReader.Throttle.NONE, options);
            end.setConnection(viewer);
            end.allow(random.nextInt(300));
            viewer.onOpen();
            end.allow(random.nextInt(300));
            time.advance(random.nextInt(200));
            switch (random.nextInt(3)) {
                case 0 -> end.close();
                case 1 -> end.breakDown();
                default -> end.sendEnd();
            }
            end.close();
        }
    }

    /** Reads what comes in small portions and acknowledges each frame, until it has the last. */
    private final class AckingClient implements Callable<Long> {
        private final AtomicLong newest = new AtomicLong();
        private byte[] rest = new byte[0];
        private long pictures;

        @Override
        public Long call() {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            int whole = 2 + FrameHeads.VIDEO_HEAD + SIZE;
            while (newest.get() < FRAMES && System.nanoTime() < end) {
                client.allow(whole / 2);
                byte[] all = join(rest, client.taken());
                int use = all.length - all.length % whole;
                List<Long> came = ServerWire.pictures(java.util.Arrays.copyOf(all, use));
                rest = java.util.Arrays.copyOfRange(all, use, all.length);
                for (long sequence : came) {
                    assertTrue("never back", sequence > newest.get());
                    newest.set(sequence);
                    pictures++;
                    client.send(ClientWire.wire().ack(sequence).bytes());
                }
            }
            return newest.get();
        }

        private byte[] join(byte[] first, byte[] second) {
            byte[] all = java.util.Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, all, first.length, second.length);
            return all;
        }
    }
}
