package org.catseye.web.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads {@code {"type":"ack","sequence":n}}: the form that the page sends without garbage, any other JSON form by the parser. */
final class Acks {

    private static final byte[] USUAL = "{\"type\":\"ack\",\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();
    private static final long MOST = 0xffff_ffffL;

    private Acks() {
    }

    /**
     * The sequence number that is acknowledged, 0 to 2^32-1.
     *
     * @throws IOException in words, if the message is something else
     */
    static long sequence(ByteBuffer message) throws IOException {
        long quick = quick(message);
        return quick >= 0 ? quick : parsed(message);
    }

    private static long quick(ByteBuffer message) {
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
        return value <= MOST ? value : -1;
    }

    private static long parsed(ByteBuffer message) throws IOException {
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
        if (!"ack".equals(type) || sequence < 0 || sequence > MOST) {
            throw new IOException("{\"type\":\"ack\",\"sequence\":n} with n from 0 to " + MOST + " is the only message understood here");
        }
        return sequence;
    }
}
