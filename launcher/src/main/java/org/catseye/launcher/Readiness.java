package org.catseye.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Asks {@code /api/v1/health} until it answers 200, then prints the ready line. An open port is not enough: Jetty opens it before the
 * product's servlets are there. A plain socket, because Java's HTTP clients cost a tenth of the whole start.
 */
final class Readiness implements Runnable {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int PAUSE_MILLIS = 10;
    private static final int TIMEOUT_MILLIS = 2_000;
    private final BundleContext framework;
    private final Options options;
    private final Instant started;

    Readiness(BundleContext framework, Options options, Instant started) {
        this.framework = framework;
        this.options = options;
        this.started = started;
    }

    @Override
    public void run() {
        boolean told = false;
        long patienceEnds = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        try {
            while (true) {
                Optional<Integer> port = port();
                if (port.isPresent() && healthy(port.get()) && secureListens()) {
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

    /** The port Jetty really listens on, from the property of the HTTP runtime service; empty as long as there is none. */
    private Optional<Integer> port() {
        try {
            ServiceReference<?>[] http = framework.getAllServiceReferences("org.osgi.service.servlet.runtime.HttpServiceRuntime", null);
            if (http == null || !(http[0].getProperty("osgi.http.endpoint") instanceof String[] endpoints)) {
                return Optional.empty();
            }
            for (String endpoint : endpoints) {
                int colon = endpoint.lastIndexOf(':');
                if (endpoint.startsWith("http://") && colon > 5) {
                    return Optional.of(Integer.parseInt(endpoint.substring(colon + 1).replace("/", "")));
                }
            }
            // Jetty names the addresses of the network's interfaces; a device that started before its network has none.
            return Optional.of(options.port());
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("no filter was given", e);
        }
    }

    private Socket connect(int port) throws IOException {
        InetAddress bound = InetAddress.getByName(options.bind());
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The key and the certificate of a first start take a moment longer than all the rest. Not waited for where nobody needs TLS to get in. */
    private boolean secureListens() {
        if (options.local() || options.httpsPort().isEmpty()) {
            return true;
        }
        try (Socket socket = connect(options.httpsPort().getAsInt())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean healthy(int port) {
        byte[] request = "GET /api/v1/health HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            return status.endsWith(" 200");
        } catch (IOException notYet) {
            return false;
        }
    }
}
