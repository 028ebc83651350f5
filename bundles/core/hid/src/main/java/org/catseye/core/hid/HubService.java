package org.catseye.core.hid;

import java.util.Map;
import org.catseye.core.hid.device.HubThread;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.HidSession;
import org.catseye.services.OwnRegistration;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** A hub as the framework sees it: a prototype-scoped {@link HidSession}, so each user of the service has its own. */
final class HubService implements PrototypeServiceFactory<HidSession> {

    private final HidHub hub;
    private final String target;
    private final Runnable onIdle;
    private final OwnRegistration<HidSession> registration = new OwnRegistration<>();
    private final OwnRegistration<SelfCheck> checkRegistration = new OwnRegistration<>();

    /** @param onIdle called after the last session was given back, on any thread */
    HubService(String target, Runnable onIdle) {
        this.target = target;
        this.onIdle = onIdle;
        hub = new HidHub(target, HubThread.forTarget(target));
    }

    HidHub hub() {
        return hub;
    }

    /** Registers the service; again, or after {@link #shutDown}, without effect. */
    void register(BundleContext context) {
        registration.register(() -> context.registerService(HidSession.class, this, FrameworkUtil.asDictionary(Map.of(Target.ID, target))));
        checkRegistration.register(() -> context.registerService(SelfCheck.class, new InputCheck(() -> hub.visibleState().state(), hub::describeChoice),
            FrameworkUtil.asDictionary(Map.of(Target.ID, target, Target.LABEL, InputCheck.TITLE))));
    }

    /** Takes back the sessions, then releases the devices. */
    void shutDown() {
        checkRegistration.unregister();
        registration.unregister();
        hub.closeHub();
    }

    @Override
    public HidSession getService(Bundle bundle, ServiceRegistration<HidSession> ours) {
        return hub.openSession();
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<HidSession> ours, HidSession session) {
        hub.closeSession((HubSession) session);
        if (!hub.hasSessions()) {
            onIdle.run();
        }
    }
}
