package org.catseye.web.socket.hls;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.FakeHttp;
import org.catseye.web.socket.FakeHub;
import org.catseye.web.socket.FakeSession;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.StreamQuality;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Constants;

public class SegmentersTest {

    private static final StreamQuality SLOW = StreamQuality.parsePathName("slow").orElseThrow();
    /** So large that each segment ends with its first picture. */
    private static final int UNIT_BYTES = 5 << 20;
    private static final byte[] UNIT = HexFormat.of().parseHex("000001" + "6742c028da" + "00000168ce3880" + "000001658884");

    private final OneThread thread = new OneThread();
    private final Feeds feeds = new Feeds();
    private long epochMillis = 1_000_000_000_000L;
    private final Segmenters segmenters = new Segmenters(feeds, thread, () -> epochMillis);

    @After
    public void end() {
        segmenters.deactivate();
        feeds.deactivate();
    }

    @Test
    public void aUserWhoFetchesManyPlaylistsLeavesRoomForOthers() {
        for (int i = 0; i < Segmenters.MAX_PLAYLISTS; i++) {
            assertTrue(isOpened("computer" + i, "greedy"));
        }
        assertFalse("at the cost of the own ones", isOpened("computer6", "greedy"));
        assertTrue(isOpened("computer6", "other"));
        assertEquals(Segmenters.MAX_PLAYLISTS, segmenters.countRunning());
        assertEquals(1, IntStream.range(0, 6).filter(i -> segmenters.find("computer" + i, StreamQuality.DEFAULT).isEmpty()).count());
        for (int i = 0; i < Segmenters.MAX_PLAYLISTS; i++) {
            isOpened("computer" + i, "greedy");
        }
        assertTrue("it is not taken back", segmenters.find("computer6", StreamQuality.DEFAULT).isPresent());
        assertTrue(isOpened("computer7", "other"));
        assertTrue(isOpened("computer8", "other"));
        assertFalse("each has three now", isOpened("computer9", "other"));
        assertTrue(isOpened("computer9", "third"));
        assertEquals(Segmenters.MAX_PLAYLISTS, segmenters.countRunning());
    }

    @Test
    public void aPlaylistThatSeveralUsersFetchIsNotTaken() {
        for (int i = 0; i < Segmenters.MAX_PLAYLISTS; i++) {
            assertTrue(isOpened("computer" + i, "first"));
            assertTrue(isOpened("computer" + i, "second"));
        }
        assertFalse(isOpened("computer6", "third"));
    }

    @Test
    public void whoNoLongerFetchesAPlaylistDoesNotCount() {
        Fetchers fetchers = new Fetchers(10, 0);
        assertEquals(Optional.empty(), fetchers.findOnly(0));
        fetchers.record("first", 1);
        fetchers.record("second", 5);
        assertEquals(Optional.empty(), fetchers.findOnly(11));
        assertEquals(Optional.of("second"), fetchers.findOnly(12));
        assertFalse(fetchers.areGone(15));
        assertTrue(fetchers.areGone(16));
        assertEquals(Optional.empty(), fetchers.findOnly(16));
    }

    /** A name that means other content, or a number that goes back, ends players. */
    @Test
    public void numbersIncreaseWhenAPlaylistStartsAgainAlthoughSegmentsAreShort() throws Exception {
        FakeHub hub = bind();
        Segmenter earlier = open("default", SLOW);
        for (int i = 0; i < 6; i++) {
            hub.publish();
            finishWork();
        }
        long newest = numberOf(earlier);
        assertTrue("segments take much less than a second: " + newest, newest >= epochMillis / 1_000 + 4);
        earlier.endGracefully();
        Segmenter later = open("default", SLOW);
        finishWork();
        assertTrue(numberOf(later) + " after " + newest, numberOf(later) > newest);
    }

    @Test
    public void numbersIncreaseThoughTheClockIsSetBack() throws Exception {
        bind().publish();
        Segmenter earlier = open("default", SLOW);
        finishWork();
        long number = numberOf(earlier);
        earlier.endGracefully();
        epochMillis -= 3_600_000;
        Segmenter later = open("default", SLOW);
        finishWork();
        assertTrue(numberOf(later) > number);
    }

    @Test
    public void aRequestThatFailsIsAnswered() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger status = new AtomicInteger();
        answer(status, window -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("fails on the thread");
            }
            return Reply.LATER;
        });
        finishWork();
        assertEquals(2, calls.get());
        assertEquals(503, status.get());
        status.set(0);
        answer(status, window -> {
            throw new IllegalStateException("fails at once");
        });
        assertEquals(503, status.get());
    }

    @Test
    public void playlistsAreUpdatedAfterAFailure() throws Exception {
        open("default", StreamQuality.DEFAULT);
        finishWork();
        CountDownLatch later = new CountDownLatch(3);
        thread.beforeExecute = () -> {
            later.countDown();
            if (later.getCount() == 2) {
                throw new IllegalStateException("fails once");
            }
        };
        assertTrue(later.await(30, TimeUnit.SECONDS));
    }

    private FakeHub bind() {
        FakeHub hub = new FakeHub(UNIT_BYTES);
        hub.unit = Arrays.copyOf(UNIT, UNIT_BYTES);
        Arrays.fill(hub.unit, UNIT.length, UNIT_BYTES, (byte) 0x55);
        hub.format = new VideoFormat(Codec.H264, 64, 48);
        feeds.bindHub(hub, Map.of(Target.ID, "default", Constants.SERVICE_ID, 1L));
        return hub;
    }

    private boolean isOpened(String target, String user) {
        return segmenters.open(target, StreamQuality.DEFAULT, user).isPresent();
    }

    private Segmenter open(String target, StreamQuality quality) {
        return segmenters.open(target, quality, "tester").orElseThrow();
    }

    private static long numberOf(Segmenter segmenter) {
        return segmenter.window().current().orElseThrow().number();
    }

    private void answer(AtomicInteger status, Function<Window, Reply> lookup) {
        HttpServletRequest request = FakeHttp.proxy(HttpServletRequest.class,
                (self, method, args) -> FakeHttp.proxy(AsyncContext.class, (context, called, given) -> null));
        HttpServletResponse response = FakeHttp.proxy(HttpServletResponse.class, (self, method, args) -> {
            if (method.getName().equals("setStatus")) {
                status.set((Integer) args[0]);
            }
            return null;
        });
        open("default", StreamQuality.DEFAULT).answer(lookup, new FakeSession(), new AsyncAnswer(request, response, "video/mp4", () -> { }));
    }

    /** Also what a task submits. */
    private void finishWork() throws Exception {
        for (int i = 0; i < 3; i++) {
            thread.submit(() -> { }).get(30, TimeUnit.SECONDS);
        }
    }

    /** One thread; what is executed may fail. */
    private static final class OneThread extends ScheduledThreadPoolExecutor {
        private volatile Runnable beforeExecute = () -> { };

        OneThread() {
            super(1);
        }

        @Override
        public void execute(Runnable task) {
            beforeExecute.run();
            super.execute(task);
        }
    }
}
