package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.catseye.access.AccessControl;
import org.catseye.targets.Target;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.web.WebContext;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.ServiceReference;

public class TargetServletTest {

    private static final ServiceReference<VideoHub> DEFAULT = FakeReference.of(Map.of(Target.ID, "default"));

    private final FakeScheduler scheduler = new FakeScheduler();
    private HarshEndPoint client = new HarshEndPoint(scheduler);
    private final FakeSession session = new FakeSession();
    private final FakeHub hub = new FakeHub(100);
    private final Channels channels = new Channels(new ScheduledThreadPoolExecutor(1));
    private final List<HarshEndPoint> others = new ArrayList<>();
    private boolean http2;
    private Connection taken;
    /** Everybody may see everything but what is called secret. */
    private final AccessControl access = FakeHttp.proxy(AccessControl.class, (self, called, args) ->
            called.getName().equals("hasPermission") && !args[2].equals("secret"));
    private final Seats seats = new Seats();
    private final TargetServlet servlet = new TargetServlet(access, channels, request -> new FakeTakeover(), seats);

    private final class FakeTakeover implements Takeover {
        @Override
        public boolean possible() {
            return !http2;
        }

        @Override
        public Scheduler scheduler() {
            return scheduler;
        }

        @Override
        public BooleanSupplier open() {
            return client::isOpen;
        }

        @Override
        public void by(BiFunction<EndPoint, Executor, Connection> connection) {
            taken = connection.apply(client, Runnable::run);
        }
    }

    @After
    public void nothingIsLeft() {
        client.close();
        channels.deactivate();
        assertEquals(0, hub.viewers());
        hub.assertAllClosedOnce();
    }

    @Test
    public void whoMayNotViewIsRefusedWhetherTheTargetExistsOrNot() throws IOException {
        assertRefused(403, "forbidden", get("/secret/video"));
        servlet.bindHub(hub, FakeReference.of(Map.of(Target.ID, "secret")));
        assertRefused(403, "forbidden", get("/secret/video"));
    }

    @Test
    public void withoutASessionNothingIsServed() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        FakeHttp http = new FakeHttp("/default/snapshot.jpeg");
        servlet.doGet(http.request(), http.response());
        assertRefused(403, "forbidden", http);
    }

    @Test
    public void unknownTargetsAndUnknownPathsAreToldApart() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        assertRefused(404, "unknown_target", get("/nobody/video"));
        for (String path : new String[] {null, "", "/", "/default", "/default/", "/default/nothing", "/default/video/more", "/a b/video",
            "/../video", "/-x/video", "/" + "x".repeat(65) + "/video"}) {
            assertRefused(404, "not_found", get(path));
        }
    }

    @Test
    public void madeUpTargetsCostNoMemory() {
        Feeds feeds = new Feeds();
        for (int i = 0; i < 1000; i++) {
            assertFalse(feeds.find("made-up-" + i).isPresent());
        }
        assertEquals(0, feeds.size());
    }

    @Test
    public void aSocketMustBeAskedFor() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        FakeHttp http = get("/default/video");
        assertRefused(426, "upgrade_required", http);
        assertEquals("websocket", http.headers.get("Upgrade"));
        FakeHttp head = asked("/default/video");
        head.method = "HEAD";
        assertRefused(426, "upgrade_required", run(head));
        FakeHttp other = asked("/default/video").header("Sec-WebSocket-Protocol", "something.else");
        assertRefused(400, "bad_handshake", run(other));
        FakeHttp broken = asked("/default/video").header("Sec-WebSocket-Key", "short");
        assertRefused(400, "bad_handshake", run(broken));
        assertNull(taken);
    }

    @Test
    public void videoNeedsAConnectionOfItsOwn() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        http2 = true;
        assertRefused(505, "http_version", get("/default/video.mjpeg"));
        assertRefused(505, "http_version", run(asked("/default/video")));
        assertNull(taken);
    }

    @Test
    public void whileTheHubIsReplacedPicturesAreUnavailableAndSocketsWait() throws IOException {
        servlet.bindTarget(target("default"));
        assertRefused(503, "unavailable", get("/default/video.mjpeg"));
        FakeHttp snapshot = get("/default/snapshot.jpeg");
        assertRefused(503, "unavailable", snapshot);
        assertEquals("1", snapshot.headers.get("Retry-After"));
        assertEquals(101, run(asked("/default/video")).status);
        opened();
        servlet.bindHub(hub, DEFAULT);
        hub.publish();
        assertEquals(1, ServerWire.pictures(client.taken()).size());
    }

    @Test
    public void aTargetIsKnownUntilItsLastServiceGoes() throws IOException {
        Target old = target("bay1");
        Target newer = target("bay1");
        servlet.bindTarget(old);
        servlet.bindTarget(newer);
        servlet.unbindTarget(old);
        assertRefused(503, "unavailable", get("/bay1/video.mjpeg"));
        servlet.unbindTarget(newer);
        assertRefused(404, "unknown_target", get("/bay1/video.mjpeg"));
    }

    @Test
    public void theStreamBeginsWithItsBoundary() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        FakeHttp http = get("/default/video.mjpeg");
        assertEquals(200, http.status);
        assertEquals("multipart/x-mixed-replace; boundary=frame", http.headers.get("Content-Type"));
        assertEquals("close", http.headers.get("Connection"));
        assertEquals("--frame\r\n", http.body());
        hub.publish();
        opened();
        assertEquals(1, ServerWire.parts(client.taken()).size());
    }

    @Test
    public void askingForTheStreamsHeadTakesNothingOver() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        FakeHttp http = new FakeHttp("/default/video.mjpeg");
        http.method = "HEAD";
        run(http);
        assertEquals(200, http.status);
        assertEquals("multipart/x-mixed-replace; boundary=frame", http.headers.get("Content-Type"));
        assertEquals("", http.body());
        assertNull(taken);
    }

    @Test
    public void theSnapshotIsTheNewestPicture() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        hub.publish();
        Subscription somebody = hub.subscribe(() -> { }, Set.of());
        FakeHttp http = get("/default/snapshot.jpeg");
        somebody.close();
        assertEquals(200, http.status);
        assertEquals("image/jpeg", http.headers.get("Content-Type"));
        assertEquals("100", http.headers.get("Content-Length"));
        assertEquals("1", http.headers.get("X-Catseye-Sequence"));
        assertEquals("no-store", http.headers.get("Cache-Control"));
    }

    @Test
    public void anH264PictureThatNothingMakesAJpegOfIsRefusedWithTheMend() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        hub.format = new org.catseye.video.VideoFormat(org.catseye.video.Codec.H264, 640, 480);
        hub.forJpeg = new org.catseye.video.VideoState(org.catseye.video.VideoState.Condition.NO_DEVICE, "Install ffmpeg.", java.util.Optional.empty(), 0, 0, 0, 0);
        hub.publish();
        FakeHttp http = get("/default/snapshot.jpeg");
        assertRefused(503, "no_device", http);
        assertTrue(http.body(), http.body().contains("Install ffmpeg."));
    }

    @Test
    public void aLivePictureThatIsLateIsNotReadyAndWorthAnotherTry() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        FakeHttp http = get("/default/snapshot.jpeg");
        assertRefused(503, "not_ready", http);
        assertEquals("1", http.headers.get("Retry-After"));
    }

    @Test
    public void withoutAPictureTheSnapshotSaysWhy() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        hub.publish();
        hub.condition = org.catseye.video.VideoState.Condition.NO_SIGNAL;
        assertRefused(503, "no_signal", get("/default/snapshot.jpeg"));
    }

    @Test
    public void whoComesOrIsThereWhenItStopsIsDisconnected() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        run(asked("/default/video"));
        opened();
        servlet.deactivate();
        assertEquals(1001, ServerWire.messages(client.taken()).get(0).closeCode());
        scheduler.advance(500);
        assertFalse(client.isOpen());
        client = new HarshEndPoint(scheduler);
        get("/default/video.mjpeg");
        assertTrue("a request that was under way", taken instanceof MjpegConnection);
        opened();
        assertFalse(client.isOpen());
    }

    @Test
    public void whoHasTooManyOpenIsRefusedInWordsUntilOneCloses() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        HarshEndPoint first = client;
        for (int i = 0; i < Seats.MOST; i++) {
            client = i == 0 ? first : new HarshEndPoint(scheduler);
            assertEquals(i % 2 == 0 ? 101 : 200, (i % 2 == 0 ? run(asked("/default/video")) : get("/default/video.mjpeg")).status);
            opened();
            others.add(client);
        }
        client = new HarshEndPoint(scheduler);
        others.add(client);
        for (FakeHttp http : List.of(asked("/default/video"), new FakeHttp("/default/video.mjpeg"))) {
            taken = null;
            assertRefused(429, "too_many_open", run(http));
            assertEquals("application/json", http.headers.get("Content-Type"));
            assertNull(taken);
        }
        hub.publish();
        assertEquals("no socket", 200, get("/default/snapshot.jpeg").status);
        first.close();
        assertEquals(Seats.MOST - 1, seats.taken("tester"));
        assertEquals(101, run(asked("/default/video")).status);
        opened();
        assertRefused(429, "too_many_open", get("/default/video.mjpeg"));
        others.forEach(HarshEndPoint::close);
        assertEquals(0, seats.taken("tester"));
    }

    @Test
    public void whatIsRefusedTakesNoSeat() throws IOException {
        servlet.bindHub(hub, DEFAULT);
        for (int i = 0; i < 3; i++) {
            assertRefused(400, "bad_handshake", run(asked("/default/video").header("Sec-WebSocket-Key", "short")));
            assertRefused(400, "bad_handshake", run(asked("/default/video").header("Sec-WebSocket-Version", "12")));
            assertRefused(426, "upgrade_required", get("/default/video"));
            FakeHttp head = new FakeHttp("/default/video.mjpeg");
            head.method = "HEAD";
            run(head);
            FakeHttp broken = new FakeHttp("/default/video.mjpeg");
            broken.attributes.put(WebContext.SESSION, session);
            broken.breaks = true;
            assertThrows(IOException.class, () -> servlet.doGet(broken.request(), broken.response()));
        }
        assertEquals(0, seats.taken("tester"));
    }

    @Test
    public void aSeatWhoseConnectionBrokeBeforeItChangedHandsIsNobodys() {
        boolean[] there = {true};
        for (int i = 0; i < Seats.MOST; i++) {
            assertTrue(seats.take("tester", () -> there[0]).isPresent());
        }
        assertFalse(seats.take("tester", () -> true).isPresent());
        assertTrue("others have their own", seats.take("somebody", () -> true).isPresent());
        there[0] = false;
        Seats.Seat seat = seats.take("tester", () -> true).orElseThrow();
        assertEquals(1, seats.taken("tester"));
        seat.leave();
        seat.leave();
        assertEquals(0, seats.taken("tester"));
    }

    private FakeHttp get(String path) throws IOException {
        return run(new FakeHttp(path));
    }

    private FakeHttp run(FakeHttp http) throws IOException {
        http.attributes.put(WebContext.SESSION, session);
        servlet.doGet(http.request(), http.response());
        return http;
    }

    private static FakeHttp asked(String path) {
        return new FakeHttp(path).header("Upgrade", "websocket").header("Connection", "Upgrade").header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==").header("Sec-WebSocket-Protocol", "catseye.video.v1");
    }

    private void opened() {
        client.setConnection(taken);
        client.allowAll();
        taken.onOpen();
    }

    private static Target target(String id) {
        return new Target() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String label() {
                return id;
            }

            @Override
            public Set<Capability> presentCapabilities() {
                return Set.of();
            }
        };
    }

    private static void assertRefused(int status, String code, FakeHttp http) {
        assertEquals(http.path, status, http.status);
        assertTrue(http.body(), http.body().startsWith("{\"error\":{\"code\":\"" + code + "\","));
    }
}
