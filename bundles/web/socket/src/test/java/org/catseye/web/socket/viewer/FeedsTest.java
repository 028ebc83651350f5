package org.catseye.web.socket.viewer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;

import java.util.Map;
import org.catseye.targets.Target;
import org.catseye.web.socket.FakeHub;
import org.catseye.web.socket.FakeScheduler;
import org.catseye.web.socket.FakeSession;
import org.catseye.web.socket.HarshEndPoint;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.mjpeg.MjpegConnection;
import org.catseye.web.socket.mjpeg.MjpegOptions;
import org.junit.Test;
import org.osgi.framework.Constants;

public class FeedsTest {

    private final FakeScheduler scheduler = new FakeScheduler();
    private final FakeSession session = new FakeSession();
    private final Feeds feeds = new Feeds();
    private final Feed feed = feeds.findFeed("bay1");
    private final FakeHub first = new FakeHub(50);
    private final FakeHub second = new FakeHub(50);

    private void bind(FakeHub hub, long service, int ranking) {
        feeds.bindHub(hub, properties(service, ranking));
    }

    private static Map<String, Object> properties(long service, int ranking) {
        return Map.of(Target.ID, "bay1", Constants.SERVICE_ID, service, Constants.SERVICE_RANKING, ranking);
    }

    @Test
    public void theBestHubIsUsedAndTheNextWhenItGoes() {
        HarshEndPoint client = viewer();
        bind(first, 1, 0);
        bind(second, 2, 10);
        assertViewers(0, 1);
        feeds.unbindHub(second, properties(2, 10));
        assertSame(first, feed.hub().get());
        assertViewers(1, 0);
        feeds.unbindHub(first, properties(1, 0));
        feeds.unbindHub(first, properties(1, 0));
        assertFalse(feed.hub().isPresent());
        assertViewers(0, 0);
        client.close();
    }

    @Test
    public void ofTwoEqualHubsTheOlderIsUsed() {
        HarshEndPoint client = viewer();
        bind(second, 2, 0);
        bind(first, 1, 0);
        assertViewers(1, 0);
        feeds.unbindHub(first, properties(1, 0));
        assertViewers(0, 1);
        client.close();
    }

    @Test
    public void aHubThatIsNotUsedChangesNothingWhenItGoes() {
        HarshEndPoint client = viewer();
        bind(first, 1, 0);
        bind(second, 2, 10);
        feeds.unbindHub(first, properties(1, 0));
        assertViewers(0, 1);
        client.close();
        assertViewers(0, 0);
    }

    @Test
    public void aHubWithoutATargetServesTheDefault() {
        feeds.bindHub(first, Map.of(Constants.SERVICE_ID, 1L));
        assertSame(first, feeds.findFeed(Target.DEFAULT).hub().get());
        assertFalse(feed.hub().isPresent());
    }

    @Test
    public void whenItEndsViewersAreDisconnectedAndLaterOnesToo() {
        bind(first, 1, 0);
        HarshEndPoint client = viewer();
        feeds.deactivate();
        assertFalse(client.isOpen());
        assertFalse(viewer().isOpen());
        assertViewers(0, 0);
        assertEquals(0, session.registrations());
    }

    private void assertViewers(int ofFirst, int ofSecond) {
        assertEquals(ofFirst, first.viewers());
        assertEquals(ofSecond, second.viewers());
    }

    private HarshEndPoint viewer() {
        HarshEndPoint client = new HarshEndPoint(scheduler);
        MjpegConnection viewer = new MjpegConnection(client, Runnable::run, scheduler, feed, session, ClientReader.Throttle.NONE,
                new MjpegOptions(false, false, false, false));
        client.setConnection(viewer);
        viewer.onOpen();
        return client;
    }
}
