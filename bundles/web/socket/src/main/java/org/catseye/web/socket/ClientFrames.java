package org.catseye.web.socket;

import java.nio.ByteBuffer;

/**
 * Reads the WebSocket frames of a client (RFC 6455 section 5), byte by byte as they come. Bounded: nothing is ever kept beyond
 * {@link #MOST_BYTES} of one message. Belongs to one thread.
 */
final class ClientFrames {

    /** Longest message; a video viewer has nothing to say but acks. */
    static final int MOST_BYTES = 4096;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** What was read. Buffers are valid during the call. */
    interface Handler {
        void text(ByteBuffer message);

        void ping(ByteBuffer payload);

        /** The client closes, or must be closed: the code to answer with (RFC 6455 section 7.4.1). */
        void close(int code, String reason);
    }

    private final Handler handler;
    private final ByteBuffer message = ByteBuffer.allocate(MOST_BYTES);
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

    ClientFrames(Handler handler) {
        this.handler = handler;
    }

    /** Takes all bytes of {@code in}; after a close it takes them without looking. */
    void read(ByteBuffer in) {
        while (in.hasRemaining() && !ended) {
            if (headHave < headNeed) {
                head[headHave++] = in.get();
                if (headHave == 2) {
                    headNeed = headLength();
                }
                if (headHave == headNeed && !begin()) {
                    return;
                }
            } else {
                payload(in);
            }
            if (headHave == headNeed && left == 0 && !ended) {
                finish();
            }
        }
        in.position(in.limit());
    }

    private int headLength() {
        int length = head[1] & 0x7f;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((head[1] & 0x80) != 0 ? 4 : 0);
    }

    /** The head is complete; false if it is an offence. */
    private boolean begin() {
        last = (head[0] & 0x80) != 0;
        opcode = head[0] & 0x0f;
        left = length();
        if ((head[0] & 0x70) != 0) {
            return offence(1002, "reserved bits are set");
        }
        if ((head[1] & 0x80) == 0) {
            return offence(1002, "frames of a client must be masked");
        }
        System.arraycopy(head, headNeed - 4, mask, 0, 4);
        masked = 0;
        return opcode >= CLOSE ? beginControl() : beginData();
    }

    private long length() {
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

    private boolean beginControl() {
        control.clear();
        if (opcode > PONG) {
            return offence(1002, "unknown opcode " + opcode);
        }
        return !last || left > 125 ? offence(1002, "a control frame must be whole and at most 125 bytes") : true;
    }

    private boolean beginData() {
        if (opcode > BINARY) {
            return offence(1002, "unknown opcode " + opcode);
        }
        if ((opcode == CONTINUATION) != inMessage) {
            return offence(1002, inMessage ? "a message began inside another" : "nothing to continue");
        }
        if (!inMessage) {
            message.clear();
            inMessage = true;
            binary = opcode == BINARY;
        }
        if (left < 0 || left > message.remaining()) {
            return offence(1009, "a message may have at most " + MOST_BYTES + " bytes");
        }
        return true;
    }

    private void payload(ByteBuffer in) {
        ByteBuffer to = opcode >= CLOSE ? control : message;
        for (long count = Math.min(left, in.remaining()); count > 0; count--) {
            to.put((byte) (in.get() ^ mask[masked++ & 3]));
            left--;
        }
    }

    private void finish() {
        headHave = 0;
        headNeed = 2;
        switch (opcode) {
            case CLOSE -> {
                ended = true;
                control.flip();
                handler.close(control.remaining() >= 2 ? control.getShort() & 0xffff : 1000, "");
            }
            case PING -> handler.ping(control.flip());
            case PONG -> control.clear();
            default -> finishData();
        }
    }

    private void finishData() {
        if (!last) {
            return;
        }
        inMessage = false;
        if (binary) {
            offence(1003, "only text is understood here");
        } else {
            handler.text(message.flip());
        }
    }

    private boolean offence(int code, String reason) {
        ended = true;
        handler.close(code, reason);
        return false;
    }
}
