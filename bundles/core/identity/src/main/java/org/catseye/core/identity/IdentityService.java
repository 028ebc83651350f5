package org.catseye.core.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.web.ServerIdentity;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the {@link ServerIdentity} when TLS is asked for (framework property {@code catseye.https.port}), and looks once a minute whether
 * the host has new names, the certificate is due or somebody put in their own. Making keys takes a moment: it happens on a thread
 * of its own.
 */
// The service comes and goes, so no component declares it; the resolver reads here that this bundle brings it.
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>='org.catseye.web.ServerIdentity'", effective = "active", uses = ServerIdentity.class)
@Component(service = {})
public final class IdentityService {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityService.class);
    private static final long CHECK_SECONDS = 60;

    private final BundleContext context;
    private final ScheduledExecutorService executor;
    private final Identity identity;
    /** Touched by the executor's thread, and by deactivate when that has ended. */
    private ServiceRegistration<ServerIdentity> registration;
    private String complaint = "";

    @Activate
    public IdentityService(BundleContext context) {
        this.context = context;
        String home = context.getProperty("catseye.home");
        identity = new Identity(Path.of(home == null ? "." : home, "tls"), Clock.systemUTC());
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "server-identity");
            thread.setDaemon(true);
            return thread;
        });
        if (context.getProperty("catseye.https.port") != null) {
            executor.scheduleWithFixedDelay(this::refresh, 0, CHECK_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        executor.shutdown();
        if (executor.awaitTermination(5, TimeUnit.SECONDS) && registration != null) {
            registration.unregister();
        }
    }

    private void refresh() {
        try {
            boolean changed = identity.refresh(HostNames.host(), HostNames.all());
            complaint = "";
            if (registration == null) {
                registration = context.registerService(ServerIdentity.class, identity, FrameworkUtil.asDictionary(properties()));
            } else if (changed) {
                registration.setProperties(FrameworkUtil.asDictionary(properties()));
            }
        } catch (IOException | RuntimeException e) {
            // Said once, not once a minute; what was in use stays in use.
            if (!String.valueOf(e.getMessage()).equals(complaint)) {
                complaint = String.valueOf(e.getMessage());
                LOG.error("TLS: {}", complaint, e);
            }
        }
    }

    private Map<String, Object> properties() {
        return Map.of(ServerIdentity.SERIAL, identity.serial());
    }
}
