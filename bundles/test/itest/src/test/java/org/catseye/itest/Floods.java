package org.catseye.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** What floods are made of. */
final class Floods {

    private Floods() {
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] get(String path, int times) {
        return bytes(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(times));
    }

    /** The head of a login. */
    static byte[] post(String length) {
        return bytes("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length + "\r\n");
    }

    static byte[] upgrade(String channel, String protocol, String cookie) {
        return bytes("GET /api/v1/targets/default/" + channel + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: " + cookie
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
                + protocol + "\r\n\r\n");
    }

    /** Whole WebSocket frames, masked with zeros; their payload is short. */
    static byte[] frames(int opcode, String payload, int times) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            frames.write(0x80 | opcode);
            frames.write(0x80 | payload.length());
            frames.writeBytes(new byte[4]);
            frames.writeBytes(bytes(payload));
        }
        return frames.toByteArray();
    }

    /** One long frame. */
    static byte[] largeFrame(int opcode, int length) {
        return ByteBuffer.allocate(14 + length).put((byte) (0x80 | opcode)).put((byte) 0xff).putLong(length).array();
    }

    /** The first message of a TLS handshake. */
    static byte[] hello(SSLContext context) throws Exception {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
