package org.catseye.core.media.fetch;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads one file by HTTP/1.1, once or in several pieces. {@code java.net.http.HttpClient} resolves names itself, so it could connect to
 * another address than the one that was checked. One thread reads; any thread can {@link #close}.
 */
public final class HttpSource implements Closeable {

    private static final int MAX_REDIRECTS = 5;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    /**
     * How long to wait.
     *
     * @param connectMillis for a connection
     * @param headMillis for the head of the answer
     * @param readMillis for the next bytes
     * @param pauseMillis before the second attempt; it doubles each time
     */
    public record Timeouts(int connectMillis, int headMillis, int readMillis, int pauseMillis) {

        /** For the internet. */
        public static final Timeouts DEFAULT = new Timeouts(10_000, 30_000, 60_000, 1_000);
    }

    private final FetchUrl start;
    private final boolean local;
    private final AddressRule addresses;
    private final Timeouts timeouts;
    private final AtomicReference<Socket> current = new AtomicReference<>();
    private volatile boolean closed;
    /** The validator of the first answer, so that pieces of two versions are never put together; empty if there is none. */
    private String validator = "";

    /** @param local whether private addresses are allowed */
    public HttpSource(FetchUrl start, boolean local, AddressRule addresses, Timeouts timeouts) {
        this.start = start;
        this.local = local;
        this.addresses = addresses;
        this.timeouts = timeouts;
    }

    /**
     * An answer.
     *
     * @param offset where the body begins; 0 if the server sends the whole file
     * @param total the size of the file; -1 if it is unknown
     * @param body throws an {@link IOException} if it ends too early
     */
    public record Piece(long offset, long total, InputStream body) {
    }

    /** Whether the server can continue where a connection broke. */
    public boolean canContinue() {
        return !validator.isEmpty();
    }

    /**
     * Asks for the file, or the rest of it. Ends the piece before.
     *
     * @param from how much is there; more than 0 only if {@link #canContinue}
     * @throws RefusedException if the server does not send it; trying again does not help
     * @throws ForbiddenAddressException as above
     */
    public Piece open(long from) throws IOException {
        FetchUrl url = start;
        boolean localHop = local;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            InputStream in = connect(url, localHop);
            // A server on the internet must not lead an administrator's download into the private network.
            localHop &= !addresses.isPublic(current.get().getInetAddress());
            sendRequest(url, from);
            HttpResponse response = HttpResponse.read(in, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeouts.headMillis()));
            if (!response.isRedirect()) {
                return toPiece(response, from, in);
            }
            String location = response.header("location").orElseThrow();
            boolean secure = url.isSecure();
            url = url.resolve(location).filter(next -> next.isSecure() || !secure)
                    .orElseThrow(() -> new RefusedException("The server redirects to an address that is not allowed."));
        }
        throw new RefusedException("The server redirects more than " + MAX_REDIRECTS + " times.");
    }

    private InputStream connect(FetchUrl url, boolean localAllowed) throws IOException {
        closeCurrent();
        IOException last = null;
        for (InetAddress address : addresses.findAddresses(url.host(), localAllowed)) {
            try {
                return connect(url, address);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private InputStream connect(FetchUrl url, InetAddress address) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        setCurrent(socket);
        socket.connect(new InetSocketAddress(address, url.port()), timeouts.connectMillis());
        socket.setSoTimeout(Math.min(timeouts.headMillis(), timeouts.readMillis()));
        if (url.isSecure()) {
            SSLSocket secure = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, url.host(), url.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            setCurrent(secure);
            secure.startHandshake();
        }
        return new BufferedInputStream(current.get().getInputStream(), BUFFER_BYTES);
    }

    private void setCurrent(Socket socket) throws IOException {
        current.set(socket);
        if (closed) {
            closeCurrent();
            throw new IOException("The download was cancelled.");
        }
    }

    private void sendRequest(FetchUrl url, long from) throws IOException {
        StringBuilder head = new StringBuilder("GET ").append(url.target()).append(" HTTP/1.1\r\nHost: ").append(url.authority())
                .append("\r\nUser-Agent: Catseye\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n");
        // Another server must not get this one's password.
        if (!start.authorization().isEmpty() && url.hasSameOrigin(start)) {
            head.append("Authorization: ").append(start.authorization()).append("\r\n");
        }
        if (from > 0) {
            head.append("Range: bytes=").append(from).append("-\r\nIf-Range: ").append(validator).append("\r\n");
        }
        current.get().getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private Piece toPiece(HttpResponse response, long from, InputStream in) throws IOException {
        if (response.header("content-encoding").filter(coding -> !coding.equalsIgnoreCase("identity")).isPresent()
                || response.header("transfer-encoding").isPresent() && !response.isChunked()) {
            throw new RefusedException("The server sends the file in a form that was not asked for.");
        }
        long length = response.contentLength();
        current.get().setSoTimeout(timeouts.readMillis());
        InputStream body = response.isChunked() ? new HttpResponse.ChunkedBody(in) : length >= 0 ? new FixedBody(in, length) : in;
        if (response.status() == PARTIAL && from > 0) {
            String range = response.header("content-range").orElse("");
            if (!range.matches("bytes " + from + "-[0-9]{1,18}/([0-9]{1,18}|\\*)")) {
                throw new RefusedException("The server continues at the wrong place.");
            }
            String total = range.substring(range.indexOf('/') + 1);
            return new Piece(from, total.equals("*") ? -1 : Long.parseLong(total), body);
        }
        if (response.status() != OK) {
            throw response.status() >= 500 ? new IOException("The server answers with status " + response.status() + ".")
                    : new RefusedException("The server answers with status " + response.status() + ".");
        }
        Optional<String> tag = response.header("etag").filter(value -> value.startsWith("\""));
        boolean ranges = response.header("accept-ranges").map(value -> value.equalsIgnoreCase("bytes")).orElse(false);
        validator = ranges ? tag.or(() -> response.header("last-modified")).orElse("") : "";
        return new Piece(0, length, body);
    }

    /** Ends what is going on; a thread that reads gets an exception. */
    @Override
    public void close() {
        closed = true;
        closeCurrent();
    }

    private void closeCurrent() {
        Socket socket = current.getAndSet(null);
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("closing a socket failed", e);
            }
        }
    }

    /** The server answered, but not with the file. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** A body of a known length. */
    private static final class FixedBody extends InputStream {

        private final InputStream in;
        private long left;

        FixedBody(InputStream in, long length) {
            this.in = in;
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(buffer, from, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("The server closed the connection.");
            }
            left -= read;
            return read;
        }
    }
}
