package org.catseye.web.socket.video;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the messages of viewers: {@code {"type":"ack","sequence":n}}, without garbage in the form that the page sends, and
 * {@code {"type":"quality","level":"auto"}}.
 */
public final class ViewerMessages {

    private static final byte[] USUAL = "{\"type\":\"ack\",\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();
    private static final long MAX_SEQUENCE = 0xffff_ffffL;
    private static final String SUPPORTED = "{\"type\":\"ack\",\"sequence\":n} with n from 0 to " + MAX_SEQUENCE
        + " and {\"type\":\"quality\",\"level\":l} with l auto, sharp, balanced or slow are the only messages supported here";

    private ViewerMessages() {
    }

    /** Takes what was read. */
    public interface Receiver {
        /** @param sequence the number that is acknowledged, 0 to 2^32-1 */
        void onAcknowledgement(long sequence);

        void onQuality(QualityChoice choice);
    }

    /** @throws IOException with a message for the client, if this is neither message */
    public static void read(ByteBuffer message, Receiver to) throws IOException {
        long quick = parseUsualForm(message);
        if (quick >= 0) {
            to.onAcknowledgement(quick);
        } else {
            parseJson(message, to);
        }
    }

    private static long parseUsualForm(ByteBuffer message) {
        int at = message.position();
        int end = message.limit() - 1;
        if (end - at <= USUAL.length || end - at > USUAL.length + 10 || message.get(end) != '}') {
            return -1;
        }
        for (byte expected : USUAL) {
            if (message.get(at++) != expected) {
                return -1;
            }
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = message.get(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= MAX_SEQUENCE ? value : -1;
    }

    private static void parseJson(ByteBuffer message, Receiver to) throws IOException {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        String type = "";
        String level = "";
        long sequence = -1;
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("an object is expected");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = parser.getText();
                } else if (name.equals("level") && value == JsonToken.VALUE_STRING) {
                    level = parser.getText();
                } else if (name.equals("sequence") && value == JsonToken.VALUE_NUMBER_INT) {
                    sequence = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (type.equals("ack") && sequence >= 0 && sequence <= MAX_SEQUENCE) {
            to.onAcknowledgement(sequence);
        } else if (type.equals("quality")) {
            to.onQuality(QualityChoice.ofWireName(level).orElseThrow(() -> new IOException(SUPPORTED)));
        } else {
            throw new IOException(SUPPORTED);
        }
    }
}
