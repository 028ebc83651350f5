package org.catseye.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.BundleContext;

/**
 * Asks {@code /api/v1/health} until it answers 200, then prints the ready line. An open port is not enough: Jetty opens it before the
 * product's servlets are there.
 */
final class Readiness implements Runnable {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int PAUSE_MILLIS = 10;
    private static final int TIMEOUT_MILLIS = 2_000;
    private final BundleContext framework;
    private final Options options;
    private final Instant started;
    private final FrontDoorProbe probe;

    Readiness(BundleContext framework, Options options, Instant started) {
        this.framework = framework;
        this.options = options;
        this.started = started;
        this.probe = new FrontDoorProbe(framework, options);
    }

    @Override
    public void run() {
        boolean told = false;
        long patienceEnds = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        try {
            while (true) {
                Optional<Integer> port = probe.findPort();
                if (port.isPresent() && probe.isComplete(port.get()) && probe.isSecurePortOpen()) {
                    ready(port.get());
                    return;
                }
                if (!told && System.nanoTime() > patienceEnds) {
                    told = true;
                    LOG.severe("not ready after " + PATIENCE_MILLIS / 1000 + " s: " + String.join("; ", new Missing(framework).inWords()));
                }
                Thread.sleep(told ? TIMEOUT_MILLIS : PAUSE_MILLIS);
            }
        } catch (InterruptedException | IllegalStateException stopped) {
            LOG.fine("stopped before it was ready");
        }
    }

    private void ready(int port) {
        // Before the line: who reads it may stop or look at once.
        markGood();
        long millis = Duration.between(started, Instant.now()).toMillis();
        System.out.println("Catseye is ready: " + Listening.address(options.withPorts(port, options.httpsPort())) + "/ (" + millis + " ms)");
        System.out.flush();
        if (options.port() != 0 && options.port() != port) {
            LOG.warning("HTTP listens on " + port + ", not on the " + options.port() + " asked for: the configuration org.apache.felix.http says so");
        }
    }

    /** For the start script: the archive of classes that the JVM may write at this run's end holds those of a whole start. */
    private void markGood() {
        try {
            Files.write(options.home().resolve("cache").resolve("classes.good"), new byte[0]);
        } catch (IOException e) {
            LOG.log(Level.FINE, "without the mark the next start is as slow as this one", e);
        }
    }
}
