package org.catseye.web.socket.hls;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.socket.FakeHttp;
import org.catseye.web.socket.FakeHub;
import org.catseye.web.socket.FakeSession;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.ConnectionQuota;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.StreamQuality;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Constants;

public class PlaylistResourceTest {

    private final FakeSession session = new FakeSession();
    private final FakeHub hub = new FakeHub(100);
    private final Feeds feeds = new Feeds();
    private final ConnectionOpener opener = new ConnectionOpener(request -> {
        throw new AssertionError("a refused request takes no place");
    }, new ConnectionQuota());
    private final Segmenters segmenters = new Segmenters(feeds);
    private final PlaylistResource resource = new PlaylistResource(opener, feeds, segmenters);

    @After
    public void nothingIsLeft() {
        segmenters.deactivate();
        opener.deactivate();
        assertEquals(0, hub.viewers());
        hub.assertAllClosedOnce();
    }

    @Test
    public void everyPathNeedsTheRightToViewAndUnknownOnesDoNotExist() {
        for (String path : List.of("", "/default/1.mp4", "/slow/123456789012345.m4s", "/balanced/7.0.m4s", "/x")) {
            assertEquals(Permission.VIEW, resource.requiredPermission("GET", path));
        }
        for (String path : List.of("", "/default/1.mp4", "/slow/123456789012345.m4s", "/balanced/7.9999.m4s", "/sharp/0.m4s")) {
            assertEquals(path, Set.of("GET"), resource.allowedMethods(path));
        }
        for (String path : List.of("/", "/default", "/default/", "/best/1.m4s", "/DEFAULT/1.m4s", "/default/1.ts", "/default/-1.m4s", "/default/1234567890123456.m4s",
                "/default/1.12345.m4s", "/default/1.0.mp4", "/default/1.m4s/", "/default/1.m4s/x", "/default/..m4s", "/default/%31.m4s", "//1.m4s", "/default/١.m4s")) {
            assertEquals(path, Set.of(), resource.allowedMethods(path));
        }
    }

    @Test
    public void whatIsWrongIsRefusedAndStartsNothing() throws IOException {
        bind();
        assertRefused(400, "unknown_quality", get("", "quality", "best"));
        assertRefused(400, "bad_reload", get("", "_HLS_part", "1"));
        for (String wrong : List.of("", "-1", "1.5", "x", "99999999999999999999")) {
            assertRefused(400, "bad_reload", get("", "_HLS_msn", wrong));
        }
        assertRefused(404, "not_found", get("/default/1.m4s"));
        FakeHttp head = new FakeHttp("");
        head.method = "HEAD";
        run(head, "");
        assertEquals("application/vnd.apple.mpegurl", head.headers.get("Content-Type"));
        assertEquals(0, segmenters.countRunning());
        assertEquals(0, hub.viewers());
    }

    @Test
    public void withoutAHubOrAnEncoderTheReasonIsGiven() throws IOException {
        assertRefused(503, "unavailable", get(""));
        bind();
        hub.forH264 = new VideoState(VideoState.Condition.NO_DEVICE, "no ffmpeg", Optional.empty(), 0, 0, 0, 0);
        hub.format = new VideoFormat(Codec.JPEG, 64, 48);
        assertRefused(503, "no_h264", get(""));
        assertEquals(0, segmenters.countRunning());
    }

    @Test
    public void allPlayersOfAQualityShareOneViewerAndTheNumberOfPlaylistsIsLimited() throws IOException {
        bind();
        Segmenter first = segmenters.open("default", StreamQuality.DEFAULT, "tester").orElseThrow();
        assertEquals(Optional.of(first), segmenters.open("default", StreamQuality.DEFAULT, "tester"));
        assertEquals(1, hub.viewers());
        for (int i = 1; i < Segmenters.MAX_PLAYLISTS; i++) {
            assertTrue(segmenters.open("other" + i, StreamQuality.DEFAULT, "tester").isPresent());
        }
        assertRefused(503, "busy", get("", "quality", "slow"));
        segmenters.find("other1", StreamQuality.DEFAULT).orElseThrow().endGracefully();
        assertTrue("there is room again", segmenters.open("default", StreamQuality.parsePathName("slow").orElseThrow(), "tester").isPresent());
        assertEquals(2, hub.viewers());
    }

    @Test
    public void thePlaylistEndsWithAccessControl() {
        bind();
        Segmenter running = segmenters.open("default", StreamQuality.DEFAULT, "tester").orElseThrow();
        feeds.deactivate();
        assertTrue(running.isClosed());
        assertEquals(0, hub.viewers());
        assertFalse(segmenters.find("default", StreamQuality.DEFAULT).isPresent());
    }

    private void bind() {
        hub.format = new VideoFormat(Codec.H264, 64, 48);
        feeds.bindHub(hub, Map.of(Target.ID, "default", Constants.SERVICE_ID, 1L));
    }

    private FakeHttp get(String subPath, String... parameters) throws IOException {
        FakeHttp http = new FakeHttp(subPath);
        for (int i = 0; i < parameters.length; i += 2) {
            http.parameters.put(parameters[i], parameters[i + 1]);
        }
        return run(http, subPath);
    }

    private FakeHttp run(FakeHttp http, String subPath) throws IOException {
        resource.serve(new TargetRequest("default", session, subPath, http.request(), http.response()));
        return http;
    }

    private static void assertRefused(int status, String code, FakeHttp http) {
        assertEquals(http.body(), status, http.status);
        assertTrue(http.body(), http.body().startsWith("{\"error\":{\"code\":\"" + code + "\","));
    }
}
