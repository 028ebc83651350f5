package org.catseye.web.socket.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class ViewerMessagesTest {

    @Test
    public void theUsualFormIsRead() throws IOException {
        assertEquals(0, read("{\"type\":\"ack\",\"sequence\":0}"));
        assertEquals(4_294_967_295L, read("{\"type\":\"ack\",\"sequence\":4294967295}"));
    }

    @Test
    public void anyOtherJsonFormIsReadToo() throws IOException {
        assertEquals(7, read(" { \"sequence\" : 7 , \"type\" : \"ack\" } "));
        assertEquals(7, read("{\"x\":[{\"type\":\"no\"}],\"type\":\"ack\",\"sequence\":7,\"y\":null}"));
    }

    @Test
    public void everythingElseIsRefusedInWords() {
        for (String bad : new String[] {"", "ack", "[]", "7", "{}", "{\"type\":\"ack\"}", "{\"type\":\"ack\",\"sequence\":}",
            "{\"type\":\"ack\",\"sequence\":-1}", "{\"type\":\"ack\",\"sequence\":4294967296}", "{\"type\":\"ack\",\"sequence\":1.5}",
            "{\"type\":\"ack\",\"sequence\":\"1\"}", "{\"type\":\"ack\",\"sequence\":99999999999999999999}",
            "{\"type\":\"nack\",\"sequence\":1}", "{\"type\":\"ack\",\"sequence\":1", "{\"type\":\"ack\",\"sequence\":12x}",
            "{\"type\":\"quality\"}", "{\"type\":\"quality\",\"level\":\"best\"}", "{\"type\":\"quality\",\"level\":\"AUTO\"}",
            "{\"type\":\"quality\",\"level\":7}", "{".repeat(2000), "[".repeat(4000), "{\"a\":".repeat(800)}) {
            IOException refused = assertThrows(bad, IOException.class, () -> read(bad));
            assertEquals(bad, false, refused.getMessage().isBlank());
        }
    }

    @Test
    public void theMessageIsNotMoved() throws IOException {
        ByteBuffer message = ByteBuffer.wrap("xx{\"type\":\"ack\",\"sequence\":5}".getBytes(StandardCharsets.US_ASCII)).position(2);
        assertEquals(5, read(message));
        assertEquals(2, message.position());
    }

    @Test
    public void aQualityIsRead() throws IOException {
        for (QualityChoice choice : QualityChoice.values()) {
            Got got = new Got();
            ViewerMessages.read(ByteBuffer.wrap(("{\"level\":\"" + choice.wireName() + "\",\"type\":\"quality\"}").getBytes(StandardCharsets.UTF_8)), got);
            assertEquals(choice, got.choice);
        }
    }

    private static final class Got implements ViewerMessages.Receiver {
        private long sequence = -1;
        private QualityChoice choice;

        @Override
        public void onAcknowledgement(long number) {
            sequence = number;
        }

        @Override
        public void onQuality(QualityChoice wanted) {
            choice = wanted;
        }
    }

    private static long read(String message) throws IOException {
        return read(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static long read(ByteBuffer message) throws IOException {
        Got got = new Got();
        ViewerMessages.read(message, got);
        return got.sequence;
    }
}
