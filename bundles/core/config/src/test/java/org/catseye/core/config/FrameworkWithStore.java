package org.catseye.core.config;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** A real framework with Felix's ConfigurationAdmin on the store of this bundle. */
public final class FrameworkWithStore {

    private final Framework framework;
    private final Activator activator = new Activator();

    /** @param home the folder of the configuration and of the framework; kept over a restart */
    public FrameworkWithStore(Path home) throws BundleException, IOException, URISyntaxException {
        framework = new FrameworkFactory().newFramework(Map.of(
                "org.osgi.framework.storage", home.resolve("felix").toString(),
                "org.osgi.framework.system.packages.extra", "org.apache.felix.cm;version=1.2.0,org.apache.felix.cm.file;version=1.1.0,"
                        + "org.osgi.service.cm;version=1.6.1,org.osgi.service.log;version=1.5.0,org.osgi.service.coordinator;version=1.0.2,"
                        + "org.osgi.service.metatype;version=1.4.1",
                "felix.cm.pm", Activator.NAME,
                "catseye.home", home.toString()));
        framework.init();
        activator.start(context());
        installBundle("configadmin", PersistenceManager.class);
        framework.start();
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs and starts the jar of a class, unless it is installed. */
    public void installBundle(String location, Class<?> part) throws BundleException, IOException, URISyntaxException {
        if (context().getBundle(location) == null) {
            context().installBundle(location, Files.newInputStream(Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI()))).start();
        }
    }

    public <T> T await(Class<T> service) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), service, null);
        tracker.open();
        return tracker.waitForService(5_000);
    }

    public void stop() throws BundleException, InterruptedException {
        activator.stop(context());
        framework.stop();
        framework.waitForStop(5_000);
    }
}
