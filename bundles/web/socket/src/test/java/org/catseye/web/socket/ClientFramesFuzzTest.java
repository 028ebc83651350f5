package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.video.QualityChoice;
import org.catseye.web.socket.video.ViewerMessages;
import org.catseye.web.socket.websocket.ClientFrames;
import org.junit.Test;

/** Seeded noise and mutated conversations: whatever comes, nothing but the handler's calls comes out, within the bounds. */
public class ClientFramesFuzzTest {

    private static final int INPUTS = 200_000;
    private static final long SEED = 0xCA75E1E;

    @Test(timeout = 120_000)
    public void nothingAClientSendsDoesHarm() {
        Random random = new Random(SEED);
        int closed = 0;
        int acks = 0;
        for (int i = 0; i < INPUTS; i++) {
            Bounds bounds = new Bounds();
            ClientFrames frames = new ClientFrames(bounds);
            byte[] input = random.nextInt(4) == 0 ? noise(random) : mutated(random);
            feed(frames, input, random);
            assertEquals("seed " + SEED + ", input " + i, bounds.closes, frames.isEnded() ? 1 : 0);
            closed += bounds.closes;
            acks += bounds.acks;
        }
        assertTrue("most inputs are offences or end well: " + closed, closed > INPUTS / 2);
        assertTrue("and some still say something: " + acks, acks > INPUTS / 10);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 1 && random.nextBoolean()) {
            // Past the first checks, where most noise ends.
            bytes[0] &= (byte) 0x8f;
            bytes[1] |= (byte) 0x80;
        }
        return bytes;
    }

    private static byte[] mutated(Random random) {
        ClientWire wire = ClientWire.wire();
        for (int i = random.nextInt(5); i >= 0; i--) {
            byte[] payload = new byte[random.nextInt(8) == 0 ? random.nextInt(5000) : random.nextInt(130)];
            switch (random.nextInt(7)) {
                case 0 -> wire.ping("p".repeat(random.nextInt(126)));
                case 1 -> wire.frame(random.nextInt(16), random.nextBoolean(), payload);
                case 2 -> wire.longHead(random.nextInt(256), random.nextLong() >> random.nextInt(64));
                case 3 -> wire.close(random.nextInt(6000), "x".repeat(random.nextInt(124)));
                default -> wire.ack(random.nextLong() >>> 32);
            }
        }
        byte[] bytes = wire.bytes();
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void feed(ClientFrames frames, byte[] input, Random random) {
        int most = 1 + random.nextInt(64);
        for (int at = 0; at < input.length;) {
            int count = Math.min(input.length - at, 1 + random.nextInt(most));
            ByteBuffer part = ByteBuffer.wrap(input, at, count).slice();
            frames.readBytes(part);
            assertFalse(part.hasRemaining());
            at += count;
        }
    }

    /** Checks what comes out, and does with text what the connection does. */
    private static final class Bounds implements ClientFrames.Handler, ViewerMessages.Receiver {
        private int closes;
        private int acks;

        @Override
        public void onText(ByteBuffer message) {
            assertEquals(0, closes);
            assertTrue(message.remaining() <= ClientFrames.MAX_BYTES);
            try {
                ViewerMessages.read(message, this);
            } catch (IOException e) {
                assertTrue("an answer in words", !Answers.formatMessage("bad_message", String.valueOf(e.getMessage())).isBlank());
            }
        }

        @Override
        public void onAcknowledgement(long sequence) {
            assertTrue(sequence >= 0 && sequence <= 0xffff_ffffL);
            acks++;
        }

        @Override
        public void onQuality(QualityChoice choice) {
            assertTrue(choice != null);
        }

        @Override
        public void onPing(ByteBuffer payload) {
            assertEquals(0, closes);
            assertTrue(payload.remaining() <= 125);
        }

        @Override
        public void onClose(int code, String reason) {
            closes++;
            assertTrue("code " + code, code >= 1000 && code <= 4999 && code != 1005 && code != 1006);
        }
    }
}
