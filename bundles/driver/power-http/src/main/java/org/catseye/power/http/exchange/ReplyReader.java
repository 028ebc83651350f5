package org.catseye.power.http.exchange;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer in HTTP/1.0 or 1.1 (RFC 9112). For one thread. */
final class ReplyReader {

    static final int MAX_BODY_BYTES = 65_536;
    private static final int MAX_HEAD_BYTES = 16_384;
    private static final int HEXADECIMAL = 16;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: (.*))?");

    private final InputStream in;
    private int headBytes;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** @throws ProtocolException if it is not HTTP, or too large */
    HttpReply readReply() throws IOException {
        while (true) {
            Matcher status = STATUS_LINE.matcher(readLine());
            if (!status.matches()) {
                throw new ProtocolException("the answer is not HTTP");
            }
            int code = Integer.parseInt(status.group(1));
            Map<String, List<String>> headers = readHeaders();
            if (code >= 200) {
                String reason = status.group(2) == null ? "" : status.group(2);
                return new HttpReply(code, reason, headers, new String(readBody(code, headers), StandardCharsets.UTF_8));
            }
        }
    }

    private Map<String, List<String>> readHeaders() throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private byte[] readBody(int code, Map<String, List<String>> headers) throws IOException {
        if (code == 204 || code == 304) {
            return new byte[0];
        }
        if (headers.containsKey("transfer-encoding")) {
            return readChunks();
        }
        if (headers.containsKey("content-length")) {
            return readExactly(parseSize(headers.get("content-length").get(0), 10));
        }
        byte[] all = in.readNBytes(MAX_BODY_BYTES + 1);
        requireSize(all.length);
        return all;
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
            requireSize(body.size() + (long) size);
            body.write(readExactly(size));
            readLine();
        }
        return body.toByteArray();
    }

    private int readChunkSize() throws IOException {
        return parseSize(readLine().replaceAll(";.*", "").strip(), HEXADECIMAL);
    }

    private static int parseSize(String text, int radix) throws ProtocolException {
        long size;
        try {
            size = Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException e) {
            throw new ProtocolException("the answer has no valid length");
        }
        requireSize(size);
        return (int) size;
    }

    private static void requireSize(long bytes) throws ProtocolException {
        if (bytes < 0 || bytes > MAX_BODY_BYTES) {
            throw new ProtocolException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
    }

    private byte[] readExactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the answer ends too early");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed before the answer was complete");
            }
            if (++headBytes > MAX_HEAD_BYTES) {
                throw new ProtocolException("the answer's head is longer than " + MAX_HEAD_BYTES + " bytes");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
