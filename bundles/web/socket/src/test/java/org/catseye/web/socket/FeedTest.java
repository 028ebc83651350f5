package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;

import org.junit.Test;

public class FeedTest {

    private final FakeScheduler scheduler = new FakeScheduler();
    private final FakeSession session = new FakeSession();
    private final Feed feed = new Feed();
    private final FakeHub first = new FakeHub(50);
    private final FakeHub second = new FakeHub(50);

    @Test
    public void theNewestHubIsUsedAndTheOneBeforeWhenItGoes() {
        HarshEndPoint client = viewer();
        feed.bind(first);
        feed.bind(second);
        assertViewers(0, 1);
        feed.unbind(second);
        assertSame(first, feed.hub().get());
        assertViewers(1, 0);
        feed.unbind(first);
        feed.unbind(first);
        assertFalse(feed.hub().isPresent());
        assertViewers(0, 0);
        client.close();
    }

    @Test
    public void anOldHubThatGoesChangesNothing() {
        HarshEndPoint client = viewer();
        feed.bind(first);
        feed.bind(second);
        feed.unbind(first);
        assertViewers(0, 1);
        client.close();
        assertViewers(0, 0);
    }

    @Test
    public void whenItEndsViewersAreDisconnectedAndLaterOnesToo() {
        feed.bind(first);
        HarshEndPoint client = viewer();
        feed.end();
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
