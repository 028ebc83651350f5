package org.catseye.rfb.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server is.
 *
 * @param host a name or an address; the one in the certificate
 * @param port 1 to 65535
 * @param socket the path of a Unix socket, which is used in place of the host and port
 */
public record ServerAddress(String host, int port, Optional<Path> socket) {

    public static ServerAddress ofHost(String host, int port) {
        return new ServerAddress(host, port, Optional.empty());
    }

    public static ServerAddress ofSocket(Path socket) {
        return new ServerAddress("localhost", 0, Optional.of(socket));
    }

    /** Whether only this machine can be at the other end. */
    public boolean isUnixSocket() {
        return socket.isPresent();
    }

    /** The address, after resolving the name. */
    SocketAddress resolveAddress() throws IOException {
        if (socket.isPresent()) {
            return UnixDomainSocketAddress.of(socket.get());
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("The name " + host + " cannot be resolved.");
        }
        return address;
    }

    SocketChannel openChannel() throws IOException {
        if (socket.isPresent()) {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        }
        return SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true).setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    @Override
    public String toString() {
        return socket.map(Path::toString).orElse((host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
