package org.catseye.web.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.catseye.hid.HidSession;
import org.catseye.testkit.FakeHidSession;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** A hub that counts its open sessions. Once stopped it opens none, and refuses to close any. */
final class FakeKeyboardHub implements ComponentServiceObjects<HidSession> {

    final List<FakeHidSession> opened = new ArrayList<>();
    final List<FakeHidSession> open = new ArrayList<>();
    Consumer<FakeHidSession> onOpen = session -> { };
    boolean stopped;

    @Override
    public synchronized HidSession getService() {
        if (stopped) {
            throw new IllegalStateException("the hub has stopped");
        }
        FakeHidSession session = new FakeHidSession();
        onOpen.accept(session);
        opened.add(session);
        open.add(session);
        return session;
    }

    @Override
    public synchronized void ungetService(HidSession session) {
        if (!open.removeIf(mine -> mine == session)) {
            throw new IllegalArgumentException("not open");
        }
    }

    @Override
    public ServiceReference<HidSession> getServiceReference() {
        throw new UnsupportedOperationException("not used");
    }

    synchronized FakeHidSession last() {
        return opened.get(opened.size() - 1);
    }
}
