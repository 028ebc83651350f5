package org.catseye.web.control;

import static org.catseye.web.control.BadMessageException.bad;
import static org.catseye.web.control.BadMessageException.echo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Reads client messages, strictly: one flat JSON object with just the fields of its type. Thread-safe. */
final class MessageReader {

    private static final String EXAMPLE = "; send one object, such as {\"type\":\"ping\",\"id\":1}";
    private static final int MOST_TEXT = 128;

    private final JsonFactory json = new JsonFactoryBuilder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(2).maxNumberLength(40).maxNameLength(MOST_TEXT).maxStringLength(MOST_TEXT).build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        // Names come from strangers: they are not to be kept for ever, and no clever choice of them is to fail.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();

    /** @throws BadMessageException with what is wrong, where, and what would be right */
    Message read(String text) throws BadMessageException {
        try (JsonParser parser = json.createParser(text)) {
            Fields fields = new Fields();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad("the message is not a JSON object" + EXAMPLE);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.take(Field.named(parser.currentName()), parser);
            }
            if (parser.nextToken() != null) {
                throw bad("something follows the JSON object at character " + parser.currentTokenLocation().getColumnNr() + EXAMPLE);
            }
            return fields.message();
        } catch (JsonProcessingException e) {
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw bad("the message is not JSON near character " + column + ": " + plain(e.getOriginalMessage()) + EXAMPLE);
        } catch (IOException e) {
            throw bad("the message cannot be read" + EXAMPLE);
        }
    }

    private static String plain(String words) {
        String safe = echo(words.lines().findFirst().orElse(""));
        return safe.substring(1, safe.length() - 1);
    }

    /** The fields of one message. */
    private static final class Fields {
        private int seen;
        private String type;
        private String code;
        private boolean down;
        private double x;
        private double y;
        private final long[] whole = new long[Field.values().length];

        /** Takes the field's value, which is the parser's next token. */
        void take(Field field, JsonParser parser) throws IOException, BadMessageException {
            if ((seen & field.bit()) != 0) {
                throw bad("field \"" + field.label + "\" is given twice");
            }
            seen |= field.bit();
            JsonToken token = parser.nextToken();
            switch (field) {
                case TYPE -> type = text(field, token, parser);
                case CODE -> code = text(field, token, parser);
                case DOWN -> down = flag(field, token);
                case X -> x = fraction(field, token, parser);
                case Y -> y = fraction(field, token, parser);
                default -> whole[field.ordinal()] = whole(field, token, parser);
            }
        }

        Message message() throws BadMessageException {
            need("message", Field.TYPE.bit(), ~0);
            return switch (type) {
                case "key" -> press();
                case "pointer" -> place();
                case "move" -> move();
                case "wheel" -> wheel();
                case "releaseAll" -> releaseAll();
                case "ping" -> ping();
                case "request" -> wish(Message.Wish.Kind.REQUEST);
                case "grant" -> wish(Message.Wish.Kind.GRANT);
                case "deny" -> wish(Message.Wish.Kind.DENY);
                case "take" -> wish(Message.Wish.Kind.TAKE);
                case "release" -> wish(Message.Wish.Kind.RELEASE);
                default -> throw bad("type " + echo(type) + " is not known; types are key, pointer, move, wheel, releaseAll, ping, request, grant, deny, take, release");
            };
        }

        private Message press() throws BadMessageException {
            exactly(Field.CODE, Field.DOWN);
            KeyCodes.Key key = KeyCodes.find(code).orElseThrow(() -> new BadMessageException("unknown_code",
                "code " + echo(code) + " is no key of a USB keyboard; send the KeyboardEvent.code, such as \"KeyA\""));
            return new Message.Press(key, down);
        }

        private Message place() throws BadMessageException {
            exactly(Field.X, Field.Y, Field.BUTTONS);
            return new Message.Place(x, y, within(Field.BUTTONS, 0, 31));
        }

        private Message move() throws BadMessageException {
            exactly(Field.DX, Field.DY, Field.BUTTONS);
            return new Message.Move(within(Field.DX, -4096, 4096), within(Field.DY, -4096, 4096), within(Field.BUTTONS, 0, 31));
        }

        private Message wheel() throws BadMessageException {
            exactly(Field.DX, Field.DY);
            return new Message.Wheel(within(Field.DX, -127, 127), within(Field.DY, -127, 127));
        }

        private Message releaseAll() throws BadMessageException {
            exactly();
            return new Message.ReleaseAll();
        }

        private Message wish(Message.Wish.Kind kind) throws BadMessageException {
            exactly();
            return new Message.Wish(kind);
        }

        private Message ping() throws BadMessageException {
            exactly(Field.ID);
            return new Message.Ping(whole[Field.ID.ordinal()]);
        }

        private void exactly(Field... fields) throws BadMessageException {
            int bits = Field.TYPE.bit();
            for (Field field : fields) {
                bits |= field.bit();
            }
            need("\"" + type + "\"", bits, bits);
        }

        private void need(String what, int needed, int allowed) throws BadMessageException {
            for (Field field : Field.values()) {
                if ((needed & ~seen & field.bit()) != 0) {
                    throw bad(what + " lacks the field \"" + field.label + "\": " + field.right);
                }
                if ((seen & ~allowed & field.bit()) != 0) {
                    throw bad(what + " has no field \"" + field.label + "\"; its fields are " + Field.names(allowed));
                }
            }
        }

        private int within(Field field, int least, int most) throws BadMessageException {
            long value = whole[field.ordinal()];
            if (value < least || value > most) {
                throw bad("field \"" + field.label + "\" of \"" + type + "\" is " + value + "; it must be from " + least + " to " + most);
            }
            return (int) value;
        }

        private static String text(Field field, JsonToken token, JsonParser parser) throws IOException, BadMessageException {
            if (token != JsonToken.VALUE_STRING) {
                throw wrong(field);
            }
            return parser.getText();
        }

        private static boolean flag(Field field, JsonToken token) throws BadMessageException {
            if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                throw wrong(field);
            }
            return token == JsonToken.VALUE_TRUE;
        }

        private static double fraction(Field field, JsonToken token, JsonParser parser) throws IOException, BadMessageException {
            double value = token != null && token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
            if (!(value >= 0 && value <= 1)) {
                throw wrong(field);
            }
            return value;
        }

        private static long whole(Field field, JsonToken token, JsonParser parser) throws IOException, BadMessageException {
            if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw wrong(field);
            }
            return parser.getLongValue();
        }

        private static BadMessageException wrong(Field field) {
            return bad("field \"" + field.label + "\" must be " + field.right);
        }
    }
}
