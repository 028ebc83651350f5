package org.catseye.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Asks over HTTP whether the product is there and a person can log in. A plain socket, because Java's HTTP clients cost a tenth of the whole start. */
final class FrontDoorProbe {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int STATUS_CHARS = 12;
    private static final int MAX_BYTES = 8 << 10;
    private static final String HEALTH = "/api/v1/health";
    private static final String USERS = "org.catseye.access.spi.DeviceUsers";
    private final BundleContext framework;
    private final Options options;

    FrontDoorProbe(BundleContext framework, Options options) {
        this.framework = framework;
        this.options = options;
    }

    /** The port Jetty really listens on, from the property of the HTTP runtime service; empty as long as there is none. */
    Optional<Integer> findPort() {
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

    /** Whether every part is there. Users that cannot be read are no reason to go on waiting: their part is there, and says so in the log. */
    boolean isComplete(int port) {
        String answer = ask(port, HEALTH);
        return status(answer).equals("200") || answer.endsWith("\"missing\":[\"users who can log in\"]}") && isPresent(USERS);
    }

    private boolean isPresent(String service) {
        return framework.getServiceReference(service) != null;
    }

    /** Whether the login page comes, or on a new device the way to its set-up, and everything is there. */
    boolean isLoginPossible() {
        Optional<Integer> port = findPort();
        return port.isPresent() && status(ask(port.get(), HEALTH)).equals("200") && status(ask(port.get(), "/login")).matches("200|30[0-9]");
    }

    /** The key and the certificate of a first start take a moment longer than all the rest. Not waited for where nobody needs TLS to get in. */
    boolean isSecurePortOpen() {
        if (options.local() || options.httpsPort().isEmpty()) {
            return true;
        }
        try (Socket socket = connect(options.httpsPort().getAsInt())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The code of "HTTP/1.1 200 ..."; empty for no answer. */
    private static String status(String answer) {
        return answer.length() < STATUS_CHARS ? "" : answer.substring(STATUS_CHARS - 3, STATUS_CHARS);
    }

    /** The beginning of the answer, long enough for the whole of a short one; empty for none. */
    private String ask(int port, String path) {
        byte[] request = ("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (IOException notYet) {
            return "";
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
}
