package org.catseye.web.socket.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds the frames that a server sends: whole and unmasked (RFC 6455 section 5). */
public final class ServerFrames {

    public static final int TEXT = 1;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int MAX_REASON_BYTES = 123;

    private ServerFrames() {
    }

    /** @param payload copied */
    public static ByteBuffer buildFrame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length <= 125) {
            frame.put((byte) payload.length);
        } else if (payload.length <= 0xffff) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).flip();
    }

    /** @param reason longer ones are cut off */
    public static ByteBuffer buildClose(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MAX_REASON_BYTES);
        return buildFrame(CLOSE, ByteBuffer.allocate(2 + length).putShort((short) code).put(text, 0, length).array());
    }

    /** @param frame that was built here */
    public static boolean isClose(ByteBuffer frame) {
        return (frame.get(0) & 0x0f) == CLOSE;
    }
}
