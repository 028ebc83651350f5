package org.catseye.core.media.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The head of an HTTP answer, and how its body ends. */
final class HttpResponse {

    private static final int MAX_HEAD_BYTES = 32 * 1024;
    private static final int MAX_HEADERS = 200;

    private final int status;
    private final List<String[]> headers;

    private HttpResponse(int status, List<String[]> headers) {
        this.status = status;
        this.headers = headers;
    }

    /**
     * Reads a head.
     *
     * @param deadline as {@link System#nanoTime}: a server that sends a byte now and then does not hold the thread for ever
     */
    static HttpResponse read(InputStream in, long deadline) throws IOException {
        HeadReader reader = new HeadReader(in, deadline);
        HttpResponse response = readOne(reader);
        while (response.status >= 100 && response.status < 200) {
            response = readOne(reader);
        }
        return response;
    }

    private static HttpResponse readOne(HeadReader reader) throws IOException {
        String first = reader.readLine();
        if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new HttpSource.RefusedException("The server does not speak HTTP/1.1.");
        }
        List<String[]> headers = new ArrayList<>();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() >= MAX_HEADERS) {
                throw new HttpSource.RefusedException("The answer of the server is not well-formed.");
            }
            headers.add(new String[] {line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip()});
        }
        return new HttpResponse(Integer.parseInt(first.substring(9, 12)), headers);
    }

    int status() {
        return status;
    }

    Optional<String> header(String name) {
        return headers.stream().filter(header -> header[0].equals(name)).map(header -> header[1]).findFirst();
    }

    boolean isRedirect() {
        return List.of(301, 302, 303, 307, 308).contains(status) && header("location").isPresent();
    }

    boolean isChunked() {
        return header("transfer-encoding").map(value -> value.toLowerCase(Locale.ROOT).equals("chunked")).orElse(false);
    }

    /** The length of the body; -1 if it is unknown. */
    long contentLength() throws IOException {
        Optional<String> length = isChunked() ? Optional.empty() : header("content-length");
        if (length.isPresent() && !length.get().matches("[0-9]{1,18}")) {
            throw new HttpSource.RefusedException("The answer of the server is not well-formed.");
        }
        return length.map(Long::parseLong).orElse(-1L);
    }

    /** Lines that end in a bounded time and number of bytes. */
    private static final class HeadReader {

        private final InputStream in;
        private final long deadline;
        private int left = MAX_HEAD_BYTES;

        HeadReader(InputStream in, long deadline) {
            this.in = in;
            this.deadline = deadline;
        }

        String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = readByte(); c != '\n'; c = readByte()) {
                line.append((char) c);
            }
            return line.toString().stripTrailing();
        }

        private int readByte() throws IOException {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The server is too slow.");
            }
            int c = in.read();
            if (c < 0) {
                throw new EOFException("The server closed the connection.");
            }
            if (--left < 0) {
                throw new HttpSource.RefusedException("The answer of the server is too long.");
            }
            return c;
        }
    }

    /** The body of a chunked answer (RFC 9112, 7.1). */
    static final class ChunkedBody extends InputStream {

        private final InputStream in;
        private long left;
        private boolean begun;
        private boolean ended;

        ChunkedBody(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            if (!ended && left == 0) {
                readSize();
            }
            if (ended) {
                return -1;
            }
            int read = in.read(buffer, from, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("The server closed the connection.");
            }
            left -= read;
            return read;
        }

        private void readSize() throws IOException {
            HeadReader reader = new HeadReader(in, Long.MAX_VALUE / 2 + System.nanoTime() / 2);
            if (begun && !reader.readLine().isEmpty()) {
                throw new HttpSource.RefusedException("The answer of the server is not well-formed.");
            }
            begun = true;
            String size = new String(reader.readLine().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,15}")) {
                throw new HttpSource.RefusedException("The answer of the server is not well-formed.");
            }
            left = Long.parseLong(size, 16);
            ended = left == 0;
        }
    }
}
