package org.catseye.core.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
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
 * Registers the {@link ServerIdentity} if TLS is enabled (framework property {@code catseye.https.port}). Checks once a minute
 * whether the host has new names, the certificate expires soon, or a user has added a certificate. Key generation takes some
 * time, so all of this runs on the thread {@code server-identity}.
 */
// The service exists only with TLS, so no component declares it; this declares the capability to the resolver.
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>='org.catseye.web.ServerIdentity'",
        effective = "active", uses = ServerIdentity.class)
@Component(service = {})
public final class IdentityService {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityService.class);
    private static final long CHECK_SECONDS = 60;
    private static final long STOP_TIMEOUT_SECONDS = 5;

    private final BundleContext context;
    private final ScheduledExecutorService executor;
    private final TlsIdentity identity;
    /** Used by the executor's thread, and by deactivate after that thread has ended. */
    private ServiceRegistration<ServerIdentity> registration;
    private String loggedError = "";

    @Activate
    public IdentityService(BundleContext context) {
        this.context = context;
        String home = context.getProperty("catseye.home");
        identity = new TlsIdentity(Path.of(home == null ? "." : home, "tls"), Clock.systemUTC());
        executor = NamedThreads.newSingleThreadScheduler("server-identity");
        if (context.getProperty("catseye.https.port") != null) {
            executor.scheduleWithFixedDelay(this::refreshIdentity, 0, CHECK_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        executor.shutdown();
        if (executor.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS) && registration != null) {
            registration.unregister();
        }
    }

    private void refreshIdentity() {
        try {
            boolean changed = identity.refreshFiles(HostNames.readHostName(), HostNames.listNames());
            loggedError = "";
            if (registration == null) {
                registration = context.registerService(ServerIdentity.class, identity, FrameworkUtil.asDictionary(createProperties()));
            } else if (changed) {
                registration.setProperties(FrameworkUtil.asDictionary(createProperties()));
            }
        } catch (IOException | RuntimeException e) {
            // Logged once rather than every minute; the current certificate stays in use.
            if (!String.valueOf(e.getMessage()).equals(loggedError)) {
                loggedError = String.valueOf(e.getMessage());
                LOG.error("TLS: {}", loggedError, e);
            }
        }
    }

    private Map<String, Object> createProperties() {
        return Map.of(ServerIdentity.SERIAL, identity.serialNumber());
    }
}
