package org.catseye.web.socket;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.catseye.web.socket.viewer.FrameHeads;

/** Reads what a server wrote, as a strict client does. */
public final class ServerWire {

    /** One WebSocket frame. */
    public record Message(int opcode, byte[] payload) {

        /** The frame's number, for a binary message whose content is as {@link FakeHub} makes it. */
        public long picture() {
            assertEquals("binary", 2, opcode);
            ByteBuffer header = ByteBuffer.wrap(payload);
            int bytes = header.getInt(20);
            assertEquals(FrameHeads.VIDEO_HEAD + bytes, payload.length);
            byte[] picture = new byte[bytes];
            header.position(FrameHeads.VIDEO_HEAD).get(picture);
            long sequence = ByteBuffer.wrap(picture).getLong();
            assertArrayEquals("whole", FakeHub.content(sequence, bytes), picture);
            assertEquals("header and picture agree", (int) sequence, header.getInt(4));
            return sequence;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            assertEquals("close", 8, opcode);
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    private ServerWire() {
    }

    /** All frames; fails if the last is not whole, or any is masked or in parts. */
    public static List<Message> messages(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Message> messages = new ArrayList<>();
        while (in.hasRemaining()) {
            int first = in.get() & 0xff;
            assertEquals("whole, no reserved bits: " + Integer.toHexString(first), 0x80, first & 0xf0);
            long length = in.get() & 0xff;
            assertTrue("not masked", length < 128);
            if (length == 126) {
                length = in.getShort() & 0xffff;
                assertTrue("the shortest form, as browsers insist", length > 125);
            } else if (length == 127) {
                length = in.getLong();
                assertTrue("the shortest form, as browsers insist", length > 0xffff);
            }
            byte[] payload = new byte[(int) length];
            in.get(payload);
            messages.add(new Message(first & 0x0f, payload));
        }
        return messages;
    }

    public static List<Long> pictures(byte[] bytes) {
        return messages(bytes).stream().map(Message::picture).toList();
    }

    /** The numbers of the pictures in a multipart stream with Content-Length; each part must be whole. */
    public static List<Long> parts(byte[] bytes) {
        List<Long> pictures = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            byte[] picture = new byte[length];
            in.get(picture);
            long sequence = ByteBuffer.wrap(picture).getLong();
            assertArrayEquals("whole", FakeHub.content(sequence, length), picture);
            pictures.add(sequence);
            assertEquals("", line(in));
            assertEquals("--frame", line(in));
        }
        return pictures;
    }

    private static String line(ByteBuffer in) {
        StringBuilder line = new StringBuilder();
        for (byte next = in.get(); next != '\n'; next = in.get()) {
            line.append((char) next);
        }
        assertEquals('\r', line.charAt(line.length() - 1));
        return line.substring(0, line.length() - 1);
    }
}
