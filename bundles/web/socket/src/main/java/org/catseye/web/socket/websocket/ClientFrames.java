package org.catseye.web.socket.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the WebSocket frames of a client (RFC 6455 section 5), byte by byte as they come. Bounded: keeps at most the
 * longest message, and nothing of a frame whose head is invalid. For one thread.
 */
public final class ClientFrames {

    /** The longest message; a video viewer sends acknowledgements only. */
    public static final int MAX_BYTES = 4096;

    private static final int FIRST_BYTES = 256;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** Receives what was read. Buffers are valid during the call. */
    public interface Handler {
        void onText(ByteBuffer message);

        void onPing(ByteBuffer payload);

        default void onPong() {
        }

        /** A message was skipped because it is too long or binary; only where such messages don't end the connection. */
        default void onSkipped(boolean binary) {
        }

        /** The client closes, or must be closed: the code to answer with (RFC 6455 section 7.4.1). */
        void onClose(int code, String reason);
    }

    private final Handler handler;
    private final int maxBytes;
    private final boolean strict;
    /** Grows to what messages need. */
    private ByteBuffer message = ByteBuffer.allocate(FIRST_BYTES);
    private final ByteBuffer control = ByteBuffer.allocate(125);
    private final byte[] mask = new byte[4];
    /** Bytes of the head still to come, and those that came. */
    private final byte[] head = new byte[14];
    private int headHave;
    private int headNeed = 2;
    private int opcode;
    private boolean last;
    private boolean inMessage;
    private boolean binary;
    private long left;
    private int masked;
    private boolean ended;
    /** The message is too long: the rest of it is not kept. */
    private boolean skipping;
    private int finished;

    public ClientFrames(Handler handler) {
        this(handler, MAX_BYTES, true);
    }

    /**
     * @param maxBytes of one message
     * @param strict whether longer and binary messages end the connection; otherwise they are skipped
     */
    public ClientFrames(Handler handler, int maxBytes, boolean strict) {
        this.handler = handler;
        this.maxBytes = maxBytes;
        this.strict = strict;
    }

    /**
     * Takes all bytes of {@code in}; after a close it drops them.
     *
     * @return how many frames ended in it
     */
    public int readBytes(ByteBuffer in) {
        finished = 0;
        while (in.hasRemaining() && !ended) {
            if (headHave < headNeed) {
                readHeadByte(in.get());
            } else {
                readPayload(in);
            }
            if (!ended && headHave == headNeed && left == 0) {
                finishFrame();
            }
        }
        in.position(in.limit());
        return finished;
    }

    private void readHeadByte(byte next) {
        head[headHave++] = next;
        if (headHave == 2) {
            headNeed = computeHeadLength();
        }
        if (headHave == headNeed) {
            beginFrame();
        }
    }

    private int computeHeadLength() {
        int length = head[1] & 0x7f;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((head[1] & 0x80) != 0 ? 4 : 0);
    }

    /** The head is complete, and may be invalid. */
    private void beginFrame() {
        last = (head[0] & 0x80) != 0;
        opcode = head[0] & 0x0f;
        left = readLength();
        if ((head[0] & 0x70) != 0) {
            endReading(1002, "reserved bits are set");
        } else if ((head[1] & 0x80) == 0) {
            endReading(1002, "frames of a client must be masked");
        } else {
            System.arraycopy(head, headNeed - 4, mask, 0, 4);
            masked = 0;
            if (opcode >= CLOSE) {
                beginControl();
            } else {
                beginData();
            }
        }
    }

    private long readLength() {
        int length = head[1] & 0x7f;
        int bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (bytes == 0) {
            return length;
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | head[2 + i] & 0xff;
        }
        return value;
    }

    /** The length is 64 bits of the client's choice: it may be negative here. */
    private void beginControl() {
        control.clear();
        if (opcode > PONG) {
            endReading(1002, "unknown opcode " + opcode);
        } else if (!last || left < 0 || left > control.capacity()) {
            endReading(1002, "a control frame must be whole and at most 125 bytes");
        }
    }

    private void beginData() {
        if (opcode > BINARY) {
            endReading(1002, "unknown opcode " + opcode);
        } else if ((opcode == CONTINUATION) != inMessage) {
            endReading(1002, inMessage ? "a message began inside another" : "nothing to continue");
        } else {
            if (!inMessage) {
                message.clear();
                inMessage = true;
                binary = opcode == BINARY;
                skipping = binary && !strict;
            }
            if (left < 0) {
                endReading(1009, "a message may have at most " + maxBytes + " bytes");
            } else if (left > maxBytes - message.position()) {
                beginTooLong();
            }
        }
    }

    private void beginTooLong() {
        if (strict) {
            endReading(1009, "a message may have at most " + maxBytes + " bytes");
        } else {
            skipping = true;
            message.clear();
        }
    }

    private void growMessage(int bytes) {
        if (message.remaining() < bytes) {
            int capacity = Math.min(maxBytes, Math.max(2 * message.capacity(), message.position() + bytes));
            message = ByteBuffer.allocate(capacity).put(message.flip());
        }
    }

    private void readPayload(ByteBuffer in) {
        int available = (int) Math.min(left, in.remaining());
        if (opcode < CLOSE && skipping) {
            in.position(in.position() + available);
            left -= available;
            return;
        }
        if (opcode < CLOSE) {
            growMessage(available);
        }
        ByteBuffer to = opcode >= CLOSE ? control : message;
        for (int count = available; count > 0; count--) {
            to.put((byte) (in.get() ^ mask[masked++ & 3]));
            left--;
        }
    }

    private void finishFrame() {
        headHave = 0;
        headNeed = 2;
        finished++;
        switch (opcode) {
            case CLOSE -> finishClose(control.flip());
            case PING -> handler.onPing(control.flip());
            case PONG -> handler.onPong();
            default -> finishData();
        }
    }

    private void finishClose(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            endReading(1000, "");
            return;
        }
        int code = payload.remaining() == 1 ? 0 : payload.getShort() & 0xffff;
        if (!isValidCloseCode(code)) {
            endReading(1002, "the close frame has no valid code");
        } else if (!isUtf8(payload)) {
            endReading(1007, "the reason is not UTF-8");
        } else {
            endReading(code, "");
        }
    }

    private void finishData() {
        if (!last) {
            return;
        }
        inMessage = false;
        if (skipping) {
            skipping = false;
            handler.onSkipped(binary);
            return;
        }
        message.flip();
        if (binary) {
            endReading(1003, "only text is supported here");
        } else if (!isUtf8(message)) {
            endReading(1007, "the text is not UTF-8");
        } else {
            handler.onText(message);
        }
    }

    /** Codes that may stand in a close frame (RFC 6455 section 7.4; 1012 to 1014 were registered later). */
    private static boolean isValidCloseCode(int code) {
        boolean local = code == 1004 || code == 1005 || code == 1006;
        return code >= 1000 && code <= 1014 && !local || code >= 3000 && code <= 4999;
    }

    private static boolean isUtf8(ByteBuffer text) {
        for (int i = text.position(); i < text.limit(); i++) {
            if (text.get(i) < 0) {
                return isDecodable(text.duplicate());
            }
        }
        return true;
    }

    private static boolean isDecodable(ByteBuffer text) {
        try {
            // A new decoder reports malformed input instead of replacing it.
            StandardCharsets.UTF_8.newDecoder().decode(text);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void endReading(int code, String reason) {
        ended = true;
        handler.onClose(code, reason);
    }

    /** Whether a close frame or an invalid frame was read: later bytes are dropped. */
    public boolean isEnded() {
        return ended;
    }
}
