package org.catseye.web.socket.video;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads {@code {"type":"ack","sequence":n}}: the form that the page sends without garbage, any other JSON form by the parser. */
public final class Acknowledgements {

    private static final byte[] USUAL = "{\"type\":\"ack\",\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();
    private static final long MAX_SEQUENCE = 0xffff_ffffL;

    private Acknowledgements() {
    }

    /**
     * The sequence number that is acknowledged, 0 to 2^32-1.
     *
     * @throws IOException with a message for the client, if this is no acknowledgement
     */
    public static long parseSequence(ByteBuffer message) throws IOException {
        long quick = parseUsualForm(message);
        return quick >= 0 ? quick : parseJson(message);
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

    private static long parseJson(ByteBuffer message) throws IOException {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        String type = null;
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
                } else if (name.equals("sequence") && value == JsonToken.VALUE_NUMBER_INT) {
                    sequence = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (!"ack".equals(type) || sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IOException("{\"type\":\"ack\",\"sequence\":n} with n from 0 to " + MAX_SEQUENCE + " is the only message supported here");
        }
        return sequence;
    }
}
