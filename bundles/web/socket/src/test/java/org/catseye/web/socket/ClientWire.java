package org.catseye.web.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes WebSocket frames as a client does, well-formed or, on request, not. */
public final class ClientWire {

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public static ClientWire wire() {
        return new ClientWire();
    }

    public ClientWire text(String text) {
        return frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    public ClientWire ack(long sequence) {
        return text("{\"type\":\"ack\",\"sequence\":" + sequence + "}");
    }

    public ClientWire ping(String payload) {
        return frame(PING, true, payload.getBytes(StandardCharsets.UTF_8));
    }

    public ClientWire close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        return frame(CLOSE, true, ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
    }

    public ClientWire frame(int opcode, boolean last, byte[] payload) {
        head((last ? 0x80 : 0) | opcode, payload.length);
        byte[] mask = {0x37, (byte) 0xfa, 0x21, (byte) (payload.length * 7 + 1)};
        raw(mask);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ mask[i & 3]);
        }
        return this;
    }

    /** First byte and length with the mask bit, in the shortest form. */
    private void head(int first, int length) {
        if (length <= 125) {
            raw(first, 0x80 | length);
        } else if (length <= 0xffff) {
            raw(first, 0x80 | 126, length >> 8, length);
        } else {
            raw(first, 0x80 | 127);
            raw(ByteBuffer.allocate(8).putLong(length).array());
        }
    }

    /** A head with a length of 64 bits, a mask of zeros, and no payload. */
    public ClientWire longHead(int first, long length) {
        return raw(first, 0x80 | 127).raw(ByteBuffer.allocate(8).putLong(length).array()).raw(0, 0, 0, 0);
    }

    public ClientWire raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    public ClientWire raw(byte[] values) {
        bytes.writeBytes(values);
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
