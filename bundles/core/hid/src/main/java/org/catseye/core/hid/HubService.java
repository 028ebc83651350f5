package org.catseye.core.hid;

import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Set;
import org.catseye.hid.HidSession;
import org.catseye.targets.Target;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** A hub as the framework sees it: a prototype-scoped {@link HidSession} of which each getter has its own. */
final class HubService implements PrototypeServiceFactory<HidSession> {

    final HidHub hub;
    /** Ids of the services because of which this hub exists. Sits under the lock of {@link HidHubs}. */
    final Set<Long> reasons = new HashSet<>();

    private final String target;
    /** Guards what follows. */
    private final Object registering = new Object();
    private ServiceRegistration<HidSession> registration;
    private boolean closed;

    HubService(String target) {
        this.target = target;
        hub = new HidHub(target, HubThread.named(target));
    }

    /** Makes the service known; again, or after {@link #close}, without effect. */
    void register(BundleContext context) {
        synchronized (registering) {
            if (registration == null && !closed) {
                Dictionary<String, Object> properties = new Hashtable<>();
                properties.put(Target.ID, target);
                registration = context.registerService(HidSession.class, this, properties);
            }
        }
    }

    /** First the sessions go back, then the devices. */
    void close() {
        ServiceRegistration<HidSession> known;
        synchronized (registering) {
            closed = true;
            known = registration;
            registration = null;
        }
        if (known != null) {
            try {
                known.unregister();
            } catch (IllegalStateException e) {
                // The framework was faster: the bundle is stopping.
            }
        }
        hub.close();
    }

    @Override
    public HidSession getService(Bundle bundle, ServiceRegistration<HidSession> ours) {
        return hub.open();
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<HidSession> ours, HidSession session) {
        hub.leave((HubSession) session);
    }
}
