package org.catseye.launcher.readiness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.catseye.launcher.options.LaunchOptions;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Checks over HTTP whether the product is complete and users can log in. It uses a plain socket: Java's HTTP client would take a
 * tenth of the start time.
 */
public final class LoginProbe {
    private static final int TIMEOUT_MILLIS = 2_000;
    /** For the watchdog: a restart is worse than a slow answer. */
    private static final int PATIENT_TIMEOUT_MILLIS = 10_000;
    private static final int STATUS_END = 12;
    private static final int MAX_BYTES = 8 << 10;
    private static final String HEALTH = "/api/v1/health";
    private static final String ONLY_USERS_MISSING = "\"missingParts\":[\"users\"]";
    private static final String USERS = "org.catseye.access.spi.DeviceUsers";
    private final BundleContext framework;
    private final LaunchOptions options;

    public LoginProbe(BundleContext framework, LaunchOptions options) {
        this.framework = framework;
        this.options = options;
    }

    /** The port that Jetty listens on, from a property of the HTTP runtime service; empty while there is no such service. */
    public Optional<Integer> findPort() {
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
            // Jetty lists the addresses of the network interfaces. There are none if the device started before its network.
            return Optional.of(options.httpPort());
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("no filter was given", e);
        }
    }

    /** Whether every part runs. A user file that cannot be read counts as complete: its bundle runs, and has logged the problem. */
    public boolean isProductComplete(int port) {
        String answer = sendGetRequest(port, HEALTH);
        return parseStatusCode(answer).equals("200") || answer.contains(ONLY_USERS_MISSING) && isServicePresent(USERS);
    }

    /** Whether the web server answers at all, complete or not: a restart would help if it does not. */
    public boolean isAnswering() {
        return findPort().filter(this::isAnswering).isPresent();
    }

    boolean isAnswering(int port) {
        return !parseStatusCode(sendGetRequest(port, HEALTH, PATIENT_TIMEOUT_MILLIS)).isEmpty();
    }

    private boolean isServicePresent(String service) {
        return framework.getServiceReference(service) != null;
    }

    /** Whether the product is complete and serves the login page, or the set-up page on a new device. */
    public boolean isLoginPossible() {
        Optional<Integer> port = findPort();
        return port.isPresent() && parseStatusCode(sendGetRequest(port.get(), HEALTH)).equals("200")
                && parseStatusCode(sendGetRequest(port.get(), "/login")).matches("200|30[0-9]");
    }

    /** At a first start, the key and the certificate are ready last. Always true where users can log in without TLS. */
    public boolean isSecurePortOpen() {
        if (options.isLocal() || options.httpsPort().isEmpty()) {
            return true;
        }
        try (Socket socket = openConnection(options.httpsPort().getAsInt(), TIMEOUT_MILLIS)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The code in "HTTP/1.1 200 ..."; empty without an answer. */
    private static String parseStatusCode(String answer) {
        return answer.length() < STATUS_END ? "" : answer.substring(STATUS_END - 3, STATUS_END);
    }

    /** The first {@link #MAX_BYTES} of the answer with its head; empty without an answer. */
    private String sendGetRequest(int port, String path) {
        return sendGetRequest(port, path, TIMEOUT_MILLIS);
    }

    private String sendGetRequest(int port, String path, int timeoutMillis) {
        byte[] request = ("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = openConnection(port, timeoutMillis)) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (IOException notYet) {
            return "";
        }
    }

    private Socket openConnection(int port, int timeoutMillis) throws IOException {
        InetAddress bound = InetAddress.getByName(options.bindAddress());
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound, port),
                    timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
