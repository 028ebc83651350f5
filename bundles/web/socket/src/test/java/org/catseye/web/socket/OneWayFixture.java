package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;

import org.catseye.web.socket.viewer.Feed;
import org.junit.After;

/** A hub, and a client of an endless response that shows its picture. */
public abstract class OneWayFixture {

    protected static final int SIZE = 300;

    protected final FakeScheduler scheduler = new FakeScheduler();
    protected final HarshEndPoint client = new HarshEndPoint(scheduler);
    protected final FakeSession session = new FakeSession();
    protected final Feed feed = new Feed();
    protected final BoundHubs hubs = new BoundHubs(feed);
    protected final FakeHub hub = new FakeHub(SIZE);

    @After
    public void nothingIsLeft() {
        client.close();
        assertEquals(0, hub.viewers());
        assertEquals(0, session.registrations());
        assertEquals("timers", 0, scheduler.planned());
        hub.assertAllClosedOnce();
    }
}
