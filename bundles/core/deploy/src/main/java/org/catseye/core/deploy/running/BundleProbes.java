package org.catseye.core.deploy.running;

import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogReaderService;

/** One probe for each of several bundles. Close it after use. Not thread-safe. */
public final class BundleProbes implements AutoCloseable {

    private final BundleContext framework;
    private final LogReaderService log;
    private final Map<Long, ActivationProbe> probes = new HashMap<>();

    public BundleProbes(BundleContext framework, LogReaderService log) {
        this.framework = framework;
        this.log = log;
    }

    /** The probe of a bundle; the same one each time. */
    public ActivationProbe find(Bundle bundle) {
        return probes.computeIfAbsent(bundle.getBundleId(), id -> new ActivationProbe(framework, log, bundle.getSymbolicName()));
    }

    @Override
    public void close() {
        probes.values().forEach(ActivationProbe::close);
    }
}
