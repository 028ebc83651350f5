package org.catseye.web.socket.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The opening handshake of RFC 6455 section 4.2. Permissions were checked before. */
public final class WebSocketHandshake {

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketHandshake() {
    }

    public static boolean isRequested(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && splitHeader(request, "Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    }

    /** Whether the client offers the subprotocol, or leaves the choice open by offering none. */
    public static boolean acceptsProtocol(HttpServletRequest request, String protocol) {
        List<String> offered = splitHeader(request, "Sec-WebSocket-Protocol");
        return offered.isEmpty() || offered.contains(protocol);
    }

    /**
     * Writes status and headers of the answer.
     *
     * @return what is wrong with the request, as a message; empty if the socket is open
     */
    public static String accept(HttpServletRequest request, HttpServletResponse response, String protocol) {
        String key = String.valueOf(request.getHeader("Sec-WebSocket-Key")).strip();
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            response.setHeader("Sec-WebSocket-Version", "13");
            return "Sec-WebSocket-Version must be 13";
        }
        if (!isSixteenBytes(key)) {
            return "Sec-WebSocket-Key must be 16 bytes in Base64";
        }
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", computeAccept(key));
        if (!splitHeader(request, "Sec-WebSocket-Protocol").isEmpty()) {
            response.setHeader("Sec-WebSocket-Protocol", protocol);
        }
        return "";
    }

    public static String computeAccept(String key) {
        try {
            // SHA-1 is what the RFC asks for; nothing is secret here.
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static boolean isSixteenBytes(String key) {
        try {
            return Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** All values of a header that holds a list. */
    private static List<String> splitHeader(HttpServletRequest request, String name) {
        List<String> values = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(name))) {
            for (String value : line.split(",")) {
                if (!value.isBlank()) {
                    values.add(name.equals("Connection") ? value.strip().toLowerCase(Locale.ROOT) : value.strip());
                }
            }
        }
        return values;
    }
}
