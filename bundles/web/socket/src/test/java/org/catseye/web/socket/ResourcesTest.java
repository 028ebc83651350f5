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
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.catseye.access.Permission;
import org.catseye.targets.Target;
import org.catseye.video.Subscription;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.ConnectionQuota;
import org.catseye.web.socket.connection.Takeover;
import org.catseye.web.socket.mjpeg.MjpegConnection;
import org.catseye.web.socket.mjpeg.MjpegResource;
import org.catseye.web.socket.snapshot.SnapshotResource;
import org.catseye.web.socket.stream.H264Resource;
import org.catseye.web.socket.stream.TransportStreamResource;
import org.catseye.web.socket.video.VideoResource;
import org.catseye.web.socket.viewer.Feeds;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Constants;

public class ResourcesTest {

    private static final Map<String, Object> DEFAULT = Map.of(Target.ID, "default", Constants.SERVICE_ID, 1L);

    private final FakeScheduler scheduler = new FakeScheduler();
    private HarshEndPoint client = new HarshEndPoint(scheduler);
    private final FakeSession session = new FakeSession();
    private final FakeHub hub = new FakeHub(100);
    private final List<HarshEndPoint> others = new ArrayList<>();
    private boolean http2;
    private Connection taken;
    private final ConnectionQuota quota = new ConnectionQuota();
    private final ConnectionOpener opener = new ConnectionOpener(request -> new FakeTakeover(), quota);
    private final Feeds feeds = new Feeds();
    private final Map<String, TargetResource> resources = Map.of("video", new VideoResource(opener, feeds), "video.mjpeg", new MjpegResource(opener, feeds),
            "snapshot.jpeg", new SnapshotResource(feeds), "video.h264", new H264Resource(opener, feeds), "video.ts", new TransportStreamResource(opener, feeds));

    private final class FakeTakeover implements Takeover {
        @Override
        public boolean isPossible() {
            return !http2;
        }

        @Override
        public Scheduler scheduler() {
            return scheduler;
        }

        @Override
        public BooleanSupplier connectionState() {
            return client::isOpen;
        }

        @Override
        public void replaceConnection(BiFunction<EndPoint, Executor, Connection> connection) {
            taken = connection.apply(client, Runnable::run);
        }
    }

    @After
    public void nothingIsLeft() {
        client.close();
        opener.deactivate();
        assertEquals(0, hub.viewers());
        hub.assertAllClosedOnce();
    }

    @Test
    public void picturesNeedTheRightToView() {
        resources.values().forEach(resource -> assertEquals(Permission.VIEW, resource.requiredPermission("GET", "")));
        resources.values().forEach(resource -> assertEquals(Set.of("GET"), resource.allowedMethods("")));
    }

    @Test
    public void aSocketMustBeAskedFor() throws IOException {
        feeds.bindHub(hub, DEFAULT);
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
        feeds.bindHub(hub, DEFAULT);
        http2 = true;
        assertRefused(505, "http_version", get("/default/video.mjpeg"));
        assertRefused(505, "http_version", run(asked("/default/video")));
        assertNull(taken);
    }

    @Test
    public void whileTheHubIsReplacedPicturesAreUnavailableAndSocketsWait() throws IOException {
        assertRefused(503, "unavailable", get("/default/video.mjpeg"));
        FakeHttp snapshot = get("/default/snapshot.jpeg");
        assertRefused(503, "unavailable", snapshot);
        assertEquals("1", snapshot.headers.get("Retry-After"));
        assertEquals(101, run(asked("/default/video")).status);
        opened();
        feeds.bindHub(hub, DEFAULT);
        hub.publish();
        assertEquals(1, ServerWire.pictures(client.taken()).size());
    }

    @Test
    public void theStreamBeginsWithItsBoundary() throws IOException {
        feeds.bindHub(hub, DEFAULT);
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
    public void scriptsGetTheStreamInATypeThatBrowsersHandOn() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        FakeHttp http = run(new FakeHttp("/default/video.mjpeg").header("Accept", "application/octet-stream"));
        assertEquals("application/octet-stream", http.headers.get("Content-Type"));
        assertEquals("--frame\r\n", http.body());
        for (String other : new String[] {"*/*", "image/*, */*;q=0.8", "multipart/x-mixed-replace"}) {
            http = run(new FakeHttp("/default/video.mjpeg").header("Accept", other));
            assertEquals(other, "multipart/x-mixed-replace; boundary=frame", http.headers.get("Content-Type"));
        }
    }

    @Test
    public void askingForTheStreamsHeadTakesNothingOver() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        FakeHttp http = new FakeHttp("/default/video.mjpeg");
        http.method = "HEAD";
        run(http);
        assertEquals(200, http.status);
        assertEquals("multipart/x-mixed-replace; boundary=frame", http.headers.get("Content-Type"));
        assertEquals("", http.body());
        assertNull(taken);
    }

    @Test
    public void h264IsStreamedInEachFormat() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        for (String[] stream : new String[][] {{"video.h264", "video/h264"}, {"video.ts", "video/mp2t"}}) {
            FakeHttp http = new FakeHttp("/default/" + stream[0]);
            http.method = "HEAD";
            run(http);
            assertEquals(200, http.status);
            assertEquals(stream[1], http.headers.get("Content-Type"));
        }
        FakeHttp wrong = new FakeHttp("/default/video.ts");
        wrong.parameters.put("quality", "auto");
        run(wrong);
        assertRefused(400, "unknown_quality", wrong);
    }

    @Test
    public void withoutAnEncoderAnH264StreamSaysSo() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        hub.forH264 = new org.catseye.video.VideoState(org.catseye.video.VideoState.Condition.NO_DEVICE, "Install ffmpeg.", java.util.Optional.empty(), 0, 0, 0, 0);
        FakeHttp http = get("/default/video.ts");
        assertRefused(503, "no_h264", http);
        assertTrue(http.body(), http.body().contains("Install ffmpeg."));
        assertNull(taken);
    }

    @Test
    public void theSnapshotIsTheNewestPicture() throws IOException {
        feeds.bindHub(hub, DEFAULT);
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
        feeds.bindHub(hub, DEFAULT);
        hub.format = new org.catseye.video.VideoFormat(org.catseye.video.Codec.H264, 640, 480);
        hub.forJpeg = new org.catseye.video.VideoState(org.catseye.video.VideoState.Condition.NO_DEVICE, "Install ffmpeg.", java.util.Optional.empty(), 0, 0, 0, 0);
        hub.publish();
        FakeHttp http = get("/default/snapshot.jpeg");
        assertRefused(503, "no_device", http);
        assertTrue(http.body(), http.body().contains("Install ffmpeg."));
    }

    @Test
    public void aLivePictureThatIsLateIsNotReadyAndWorthAnotherTry() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        FakeHttp http = get("/default/snapshot.jpeg");
        assertRefused(503, "not_ready", http);
        assertEquals("1", http.headers.get("Retry-After"));
    }

    @Test
    public void withoutAPictureTheSnapshotSaysWhy() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        hub.publish();
        hub.condition = org.catseye.video.VideoState.Condition.NO_SIGNAL;
        assertRefused(503, "no_signal", get("/default/snapshot.jpeg"));
    }

    @Test
    public void whoComesOrIsThereWhenItStopsIsDisconnected() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        run(asked("/default/video"));
        opened();
        feeds.deactivate();
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
        feeds.bindHub(hub, DEFAULT);
        HarshEndPoint first = client;
        for (int i = 0; i < ConnectionQuota.MAX_OPEN; i++) {
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
        assertEquals(ConnectionQuota.MAX_OPEN - 1, quota.countPlaces("tester"));
        assertEquals(101, run(asked("/default/video")).status);
        opened();
        assertRefused(429, "too_many_open", get("/default/video.mjpeg"));
        others.forEach(HarshEndPoint::close);
        assertEquals(0, quota.countPlaces("tester"));
    }

    @Test
    public void whatIsRefusedTakesNoSeat() throws IOException {
        feeds.bindHub(hub, DEFAULT);
        for (int i = 0; i < 3; i++) {
            assertRefused(400, "bad_handshake", run(asked("/default/video").header("Sec-WebSocket-Key", "short")));
            assertRefused(400, "bad_handshake", run(asked("/default/video").header("Sec-WebSocket-Version", "12")));
            assertRefused(426, "upgrade_required", get("/default/video"));
            FakeHttp head = new FakeHttp("/default/video.mjpeg");
            head.method = "HEAD";
            run(head);
            FakeHttp broken = new FakeHttp("/default/video.mjpeg");
            broken.breaks = true;
            assertThrows(IOException.class, () -> run(broken));
        }
        assertEquals(0, quota.countPlaces("tester"));
    }

    @Test
    public void aSeatWhoseConnectionBrokeBeforeItChangedHandsIsNobodys() {
        boolean[] there = {true};
        for (int i = 0; i < ConnectionQuota.MAX_OPEN; i++) {
            assertTrue(quota.reserve("tester", () -> there[0]).isPresent());
        }
        assertFalse(quota.reserve("tester", () -> true).isPresent());
        assertTrue("others have their own", quota.reserve("somebody", () -> true).isPresent());
        there[0] = false;
        ConnectionQuota.Place place = quota.reserve("tester", () -> true).orElseThrow();
        assertEquals(1, quota.countPlaces("tester"));
        place.release();
        place.release();
        assertEquals(0, quota.countPlaces("tester"));
    }

    private FakeHttp get(String path) throws IOException {
        return run(new FakeHttp(path));
    }

    private FakeHttp run(FakeHttp http) throws IOException {
        String[] path = http.path.split("/");
        resources.get(path[2]).serve(new TargetRequest(path[1], session, "", http.request(), http.response()));
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

    private static void assertRefused(int status, String code, FakeHttp http) {
        assertEquals(http.path, status, http.status);
        assertTrue(http.body(), http.body().startsWith("{\"error\":{\"code\":\"" + code + "\","));
    }
}
