package org.catseye.itest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Requests written by hand, because HTTP clients do not let foreign or broken ones through. */
final class Wire {

    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /**
     * An answer as it came.
     *
     * @param head status line and headers; empty if the server closed without a word
     */
    record Answer(String head, String body) {

        /** 0 for none. */
        int status() {
            return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
        }

        /** The first of this name; empty if there is none. */
        String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start)).map(line -> line.substring(start.length()).strip())
                    .findFirst().orElse("");
        }
    }

    /** @param headers each with its line end */
    Answer ask(String method, String path, String headers, String body) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        String connection = "Connection: " + (headers.contains("Upgrade: ") ? "Upgrade" : "close") + "\r\n";
        return raw((method + " " + path + " HTTP/1.1\r\n" + connection + headers + length + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes these bytes, ends the output, and reads what comes to its end. */
    Answer raw(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            StringBuilder all = new StringBuilder();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    all.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException e) {
                throw new IOException("no end of the answer in " + PATIENCE_MILLIS + " ms: " + all, e);
            } catch (IOException tornOff) {
                // The server may close while we still write; what it said before that counts.
            }
            int end = all.indexOf("\r\n\r\n");
            return end < 0 ? new Answer(all.toString(), "") : new Answer(all.substring(0, end), all.substring(end + 4));
        }
    }
}
