package org.catseye.launcher.readiness;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.options.ListenAddress;
import org.catseye.launcher.service.ServiceNotifier;
import org.osgi.framework.BundleContext;

/**
 * Polls {@code /api/v1/health} until it answers 200, and then prints the ready line. An open port is not sufficient: Jetty opens it
 * before the product's servlets run.
 */
public final class ReadinessReport implements Runnable {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long MAX_SILENT_MILLIS = 30_000;
    /** After this, a web server that answers counts as ready for the service manager: a restart would take away the web console. */
    private static final long MAX_INCOMPLETE_MILLIS = 300_000;
    private static final int PAUSE_MILLIS = 10;
    private static final int SLOW_PAUSE_MILLIS = 2_000;
    private final BundleContext framework;
    private final LaunchOptions options;
    private final Instant started;
    private final LoginProbe probe;
    private final ServiceNotifier service;

    public ReadinessReport(BundleContext framework, LaunchOptions options, Instant started, ServiceNotifier service) {
        this.framework = framework;
        this.options = options;
        this.started = started;
        this.probe = new LoginProbe(framework, options);
        this.service = service;
    }

    @Override
    public void run() {
        boolean reported = false;
        boolean incomplete = false;
        long incompleteEnds = System.nanoTime() + Duration.ofMillis(MAX_INCOMPLETE_MILLIS).toNanos();
        long silenceEnds = System.nanoTime() + Duration.ofMillis(MAX_SILENT_MILLIS).toNanos();
        try {
            while (true) {
                Optional<Integer> port = probe.findPort();
                if (port.isPresent() && probe.isProductComplete(port.get()) && probe.isSecurePortOpen()) {
                    printReadyLine(port.get());
                    service.reportReady("Ready.");
                    return;
                }
                if (!reported && System.nanoTime() > silenceEnds) {
                    reported = true;
                    LOG.severe("not ready after " + MAX_SILENT_MILLIS / 1000 + " s: "
                            + String.join("; ", new StartupDiagnosis(framework).describeProblems()));
                }
                if (!incomplete && System.nanoTime() > incompleteEnds && probe.isAnswering()) {
                    incomplete = true;
                    service.reportReady("Incomplete; the log has the reason.");
                }
                Thread.sleep(reported ? SLOW_PAUSE_MILLIS : PAUSE_MILLIS);
            }
        } catch (InterruptedException | IllegalStateException stopped) {
            LOG.fine("stopped before it was ready");
        }
    }

    private void printReadyLine(int port) {
        // Before the line is printed: its reader may stop Catseye immediately.
        markStartComplete();
        long millis = Duration.between(started, Instant.now()).toMillis();
        System.out.println("Catseye is ready: " + ListenAddress.formatUrl(options.withPorts(port, options.httpsPort())) + "/ (" + millis
                + " ms)");
        System.out.flush();
        if (options.httpPort() != 0 && options.httpPort() != port) {
            LOG.warning("HTTP listens on " + port + ", not on the " + options.httpPort()
                    + " of the command line, because of the configuration org.apache.felix.http");
        }
    }

    /**
     * Marks for the start script that a class archive which the JVM writes at the end of this run contains the classes of a complete
     * start.
     */
    private void markStartComplete() {
        try {
            Files.write(options.homeFolder().resolve("cache").resolve("classes.good"), new byte[0]);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the mark of a complete start cannot be written; the next start will not be faster", e);
        }
    }
}
