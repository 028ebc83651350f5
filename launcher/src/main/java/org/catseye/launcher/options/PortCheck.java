package org.catseye.launcher.options;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import org.catseye.launcher.refusal.StartRefusedException;

/** Checks before the start that Catseye can listen on its ports; later, a failure would only be a line in Jetty's log. */
public final class PortCheck {

    private PortCheck() {
    }

    /** The same options with real ports in place of 0, so that everything that mentions a port before Jetty listens has the right number. */
    public static LaunchOptions resolvePorts(LaunchOptions options) throws StartRefusedException {
        int http = findFreePort(options.bindAddress(), options.httpPort(), "--port");
        if (options.httpsPort().isEmpty()) {
            return options.withPorts(http, options.httpsPort());
        }
        int https = findFreePort(options.bindAddress(), options.httpsPort().getAsInt(), "--https-port");
        if (http == https) {
            throw new StartRefusedException("HTTP and HTTPS cannot both have port " + http + "; choose another with --https-port");
        }
        return options.withPorts(http, OptionalInt.of(https));
    }

    /**
     * @param port 0 for any that is free
     * @param option that gave the port
     * @return the port itself, or a free one for 0
     */
    private static int findFreePort(String bindAddress, int port, String option) throws StartRefusedException {
        InetAddress address;
        try {
            address = InetAddress.getByName(bindAddress);
        } catch (UnknownHostException e) {
            throw new StartRefusedException(describeForeignAddress(bindAddress), e);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new StartRefusedException(describeBindFailure(bindAddress, port, option, e), e);
        } catch (IOException e) {
            throw new StartRefusedException("cannot listen on " + bindAddress + " port " + port + ": " + StartRefusedException.describeCause(e), e);
        }
    }

    private static String describeBindFailure(String bindAddress, int port, String option, BindException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Permission denied")) {
            return "port " + port + " needs root's rights on this machine; choose one above 1023 with " + option;
        }
        if (message.contains("Cannot assign")) {
            return describeForeignAddress(bindAddress);
        }
        String holder = PortHolder.findProcess(port).map(name -> " by " + name).orElse("");
        return "port " + port + " is taken" + holder + "; stop that, or choose another with " + option;
    }

    private static String describeForeignAddress(String bindAddress) {
        return "'" + bindAddress + "' is not an address of this machine; --bind takes one, 127.0.0.1 or 0.0.0.0 for instance";
    }
}
