package org.catseye.power.http.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.catseye.trust.ServerTrust;

/**
 * Sends requests to one device, each on its own connection. Follows no redirection.
 *
 * <p>The clients of the JDK are not used, because both of them repeat a GET request if the connection ends before the answer (measured with
 * JDK 17): the device would press a button twice. Their time limits don't include the body of the answer either. Thread-safe.
 */
public final class HttpExchange {

    private static final int UNAUTHORIZED = 401;

    private final Endpoint endpoint;
    private final Credentials credentials;
    private final ServerTrust trust;

    public HttpExchange(Endpoint endpoint, Credentials credentials, ServerTrust trust) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.trust = trust;
    }

    /**
     * Sends a request and returns the body of the answer. Blocks for the limit at most, and as long as a name takes to resolve.
     *
     * @throws IOException if there is no answer, or if it reports no success; the message is for the user
     */
    public String sendQuery(HttpQuery query, Duration limit) throws IOException {
        Deadline deadline = new Deadline(limit);
        try {
            HttpReply reply = exchange(query, credentials.authorizeFirst(), deadline);
            if (reply.status() == UNAUTHORIZED) {
                Optional<String> answer = credentials.answerChallenge(reply.header("www-authenticate"), query.method(), endpoint.basePath() + query.path());
                if (answer.isPresent()) {
                    reply = exchange(query, answer, deadline);
                }
            }
            if (!reply.isSuccess()) {
                throw new IOException(describeRefusal(reply));
            }
            return reply.body();
        } catch (SocketTimeoutException e) {
            throw new IOException(endpoint + " does not answer within " + limit.toSeconds() + " s.", e);
        } catch (UnknownHostException e) {
            throw new IOException("The name " + endpoint.host() + " cannot be resolved.", e);
        } catch (SSLException e) {
            throw new IOException("No secure connection to " + endpoint + ": " + DeviceText.shorten(String.valueOf(e.getMessage())), e);
        }
    }

    private String describeRefusal(HttpReply reply) {
        if (reply.status() == UNAUTHORIZED || reply.status() == 403) {
            return endpoint + " rejects the user name, the password or the token (" + reply.status() + ").";
        }
        if (reply.status() / 100 == 3) {
            return endpoint + " redirects to " + DeviceText.shorten(reply.header("location")) + ". Set the address that it redirects to.";
        }
        return endpoint + " answers " + DeviceText.shorten(reply.status() + " " + reply.reason()) + ".";
    }

    private HttpReply exchange(HttpQuery query, Optional<String> authorization, Deadline deadline) throws IOException {
        try (Socket plain = new Socket()) {
            connect(plain, deadline);
            Socket socket = endpoint.secure() ? secure(plain, deadline) : plain;
            try (socket) {
                socket.getOutputStream().write(format(query, authorization));
                return new ReplyReader(deadline.boundedInput(socket)).readReply();
            } catch (SocketTimeoutException | SSLException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(endpoint + " answers nothing that can be used: " + e.getMessage() + ".", e);
            }
        }
    }

    private void connect(Socket socket, Deadline deadline) throws IOException {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(endpoint.host());
        }
        try {
            socket.connect(address, deadline.remainingMillis());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(endpoint + " cannot be reached: " + e.getMessage() + ".", e);
        }
    }

    private Socket secure(Socket plain, Deadline deadline) throws IOException {
        SSLSocket socket = (SSLSocket) trust.findContext().getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(deadline.remainingMillis());
        socket.startHandshake();
        return socket;
    }

    private byte[] format(HttpQuery query, Optional<String> authorization) {
        byte[] body = query.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(query.method()).append(' ').append(endpoint.basePath()).append(query.path()).append(" HTTP/1.1\r\n")
            .append("Host: ").append(endpoint.hostHeader()).append("\r\nUser-Agent: Catseye\r\nAccept: */*\r\nConnection: close\r\n");
        authorization.ifPresent(value -> head.append("Authorization: ").append(value).append("\r\n"));
        if (!query.method().equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Type: ").append(query.contentType()).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
