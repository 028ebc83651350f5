package org.catseye.web.socket.server;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.catseye.web.RequestGuard;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes the connectors of all ports, with limits that they share. Thread-safe. */
@Component(service = GuardedPorts.class)
public final class GuardedPorts implements Callers {

    /** Guarded by itself. */
    private final Map<Server, Admission> admissions = new WeakHashMap<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile RequestGuard guard;

    @Override
    public Optional<RequestGuard> guard() {
        return Optional.ofNullable(guard);
    }

    /** A port for plain HTTP, not started. */
    public ServerConnector createPlainConnector(Server server, HttpConfiguration http) {
        return new GuardedConnector(server, admissionOf(server), http);
    }

    /** A port for HTTPS, not started. */
    public ServerConnector createSecureConnector(Server server, HttpConfiguration http, SslContextFactory.Server ssl) {
        return new GuardedConnector(server, admissionOf(server), http, ssl);
    }

    Admission admissionOf(Server server) {
        synchronized (admissions) {
            return admissions.computeIfAbsent(server, key -> new Admission(this, key.getThreadPool(), key.getScheduler(), System::nanoTime));
        }
    }
}
