package org.catseye.auth.ldap.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates TLS connections to one server: connects, completes the handshake and compares the server's name with its certificate (RFC 2830),
 * all within a bounded time. The library itself has no timeout for the handshake.
 */
public final class BoundedTlsSockets extends SSLSocketFactory {

    private final SSLSocketFactory plain;
    private final String host;
    private final Deadline deadline;

    /** @param host the name in the address, which the certificate must contain */
    BoundedTlsSockets(SSLSocketFactory plain, String host, Deadline deadline) {
        this.plain = plain;
        this.host = host;
        this.deadline = deadline;
    }

    /** Over an existing connection, after StartTLS. */
    @Override
    public Socket createSocket(Socket socket, String otherHost, int port, boolean autoClose) throws IOException {
        socket.setSoTimeout(deadline.remainingMillis());
        SSLSocket secure = (SSLSocket) plain.createSocket(socket, host, port, autoClose);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
            secure.setSoTimeout(0);
            return secure;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), deadline.remainingMillis());
            return createSocket(socket, host, port, true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Socket createSocket(String otherHost, int port) throws IOException {
        return createSocket(InetAddress.getByName(otherHost), port);
    }

    @Override
    public Socket createSocket(String otherHost, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(otherHost, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) throws IOException {
        return createSocket(address, port);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return plain.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return plain.getSupportedCipherSuites();
    }
}
