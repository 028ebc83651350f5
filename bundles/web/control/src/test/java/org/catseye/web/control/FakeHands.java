package org.catseye.web.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.catseye.hid.HidSession;
import org.catseye.testkit.FakeHidSession;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** A hub's service that keeps count of its sessions; gone, it gives none and refuses to take any back. */
final class FakeHands implements ComponentServiceObjects<HidSession> {

    final List<FakeHidSession> given = new ArrayList<>();
    final List<FakeHidSession> out = new ArrayList<>();
    Consumer<FakeHidSession> onGive = session -> { };
    boolean gone;

    @Override
    public synchronized HidSession getService() {
        if (gone) {
            throw new IllegalStateException("the hub is gone");
        }
        FakeHidSession session = new FakeHidSession();
        onGive.accept(session);
        given.add(session);
        out.add(session);
        return session;
    }

    @Override
    public synchronized void ungetService(HidSession session) {
        if (!out.removeIf(mine -> mine == session)) {
            throw new IllegalArgumentException("not mine, or given back before");
        }
    }

    @Override
    public ServiceReference<HidSession> getServiceReference() {
        throw new UnsupportedOperationException("nobody should need it");
    }

    synchronized FakeHidSession last() {
        return given.get(given.size() - 1);
    }
}
