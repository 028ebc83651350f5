package org.catseye.core.hid;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.catseye.core.hid.device.HubThread;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.HidSession;
import org.catseye.targets.Target;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** A hub as the framework sees it: a prototype-scoped {@link HidSession}, so each user of the service has its own. */
final class HubService implements PrototypeServiceFactory<HidSession> {

    private final HidHub hub;
    private final String target;
    /** Guards what follows. */
    private final Object registering = new Object();
    private Optional<ServiceRegistration<HidSession>> registration = Optional.empty();
    private boolean closed;

    HubService(String target) {
        this.target = target;
        hub = new HidHub(target, HubThread.forTarget(target));
    }

    HidHub hub() {
        return hub;
    }

    /** Registers the service; again, or after {@link #close}, without effect. */
    void register(BundleContext context) {
        synchronized (registering) {
            if (registration.isEmpty() && !closed) {
                Dictionary<String, Object> properties = new Hashtable<>();
                properties.put(Target.ID, target);
                registration = Optional.of(context.registerService(HidSession.class, this, properties));
            }
        }
    }

    /** Takes back the sessions, then releases the devices. */
    void close() {
        Optional<ServiceRegistration<HidSession>> registered;
        synchronized (registering) {
            closed = true;
            registered = registration;
            registration = Optional.empty();
        }
        try {
            registered.ifPresent(ServiceRegistration::unregister);
        } catch (IllegalStateException e) {
            // The bundle is stopping and the framework has unregistered it already.
        }
        hub.close();
    }

    @Override
    public HidSession getService(Bundle bundle, ServiceRegistration<HidSession> ours) {
        return hub.openSession();
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<HidSession> ours, HidSession session) {
        hub.closeSession((HubSession) session);
    }
}
