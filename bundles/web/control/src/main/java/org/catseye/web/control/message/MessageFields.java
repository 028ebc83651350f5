package org.catseye.web.control.message;

import static org.catseye.web.control.message.BadMessageException.badMessage;
import static org.catseye.web.control.message.BadMessageException.quoteSafely;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.catseye.web.control.message.ClientMessage.ControlRequest;

/** The fields of one client message: collects them in any order, then checks that they make up a message. */
final class MessageFields {

    private static final int MAX_BUTTONS = 31;
    private static final int MAX_MOTION = 4096;
    private static final int MAX_WHEEL = 127;

    /** The bits of the fields that were read. */
    private int seen;
    private String type;
    private String code;
    private boolean down;
    private double x;
    private double y;
    private final long[] whole = new long[MessageField.values().length];

    /** Reads the field's value, which is the parser's next token. */
    void readField(MessageField field, JsonParser parser) throws IOException, BadMessageException {
        if ((seen & field.fieldBit()) != 0) {
            throw badMessage("field \"" + field.label + "\" is given twice");
        }
        seen |= field.fieldBit();
        JsonToken token = parser.nextToken();
        switch (field) {
            case TYPE -> type = readText(field, token, parser);
            case CODE -> code = readText(field, token, parser);
            case DOWN -> down = readFlag(field, token);
            case X -> x = readFraction(field, token, parser);
            case Y -> y = readFraction(field, token, parser);
            default -> whole[field.ordinal()] = readWhole(field, token, parser);
        }
    }

    ClientMessage toMessage() throws BadMessageException {
        requireFields("message", MessageField.TYPE.fieldBit(), ~0);
        return switch (type) {
            case "key" -> toKeyPress();
            case "pointer" -> toPointerPosition();
            case "move" -> toPointerMotion();
            case "wheel" -> toWheelTurn();
            case "releaseAll" -> toReleaseAll();
            case "ping" -> toPing();
            case "request" -> toControlRequest(ControlRequest.Kind.REQUEST);
            case "grant" -> toControlRequest(ControlRequest.Kind.GRANT);
            case "deny" -> toControlRequest(ControlRequest.Kind.DENY);
            case "take" -> toControlRequest(ControlRequest.Kind.TAKE);
            case "release" -> toControlRequest(ControlRequest.Kind.RELEASE);
            default -> throw badMessage("type " + quoteSafely(type)
                + " is not known; types are key, pointer, move, wheel, releaseAll, ping, request, grant, deny, take, release");
        };
    }

    private ClientMessage toKeyPress() throws BadMessageException {
        requireExactly(MessageField.CODE, MessageField.DOWN);
        KeyCodes.Key key = KeyCodes.findKey(code).orElseThrow(() -> new BadMessageException("unknown_code",
            "code " + quoteSafely(code) + " is no key of a USB keyboard; send the KeyboardEvent.code, such as \"KeyA\""));
        return new ClientMessage.KeyPress(key, down);
    }

    private ClientMessage toPointerPosition() throws BadMessageException {
        requireExactly(MessageField.X, MessageField.Y, MessageField.BUTTONS);
        return new ClientMessage.PointerPosition(x, y, checkRange(MessageField.BUTTONS, 0, MAX_BUTTONS));
    }

    private ClientMessage toPointerMotion() throws BadMessageException {
        requireExactly(MessageField.DX, MessageField.DY, MessageField.BUTTONS);
        return new ClientMessage.PointerMotion(checkRange(MessageField.DX, -MAX_MOTION, MAX_MOTION),
            checkRange(MessageField.DY, -MAX_MOTION, MAX_MOTION), checkRange(MessageField.BUTTONS, 0, MAX_BUTTONS));
    }

    private ClientMessage toWheelTurn() throws BadMessageException {
        requireExactly(MessageField.DX, MessageField.DY);
        return new ClientMessage.WheelTurn(checkRange(MessageField.DX, -MAX_WHEEL, MAX_WHEEL), checkRange(MessageField.DY, -MAX_WHEEL, MAX_WHEEL));
    }

    private ClientMessage toReleaseAll() throws BadMessageException {
        requireExactly();
        return new ClientMessage.ReleaseAll();
    }

    private ClientMessage toControlRequest(ControlRequest.Kind kind) throws BadMessageException {
        requireExactly();
        return new ControlRequest(kind);
    }

    private ClientMessage toPing() throws BadMessageException {
        requireExactly(MessageField.ID);
        return new ClientMessage.Ping(whole[MessageField.ID.ordinal()]);
    }

    private void requireExactly(MessageField... fields) throws BadMessageException {
        int bits = MessageField.TYPE.fieldBit();
        for (MessageField field : fields) {
            bits |= field.fieldBit();
        }
        requireFields("\"" + type + "\"", bits, bits);
    }

    private void requireFields(String message, int needed, int allowed) throws BadMessageException {
        for (MessageField field : MessageField.values()) {
            if ((needed & ~seen & field.fieldBit()) != 0) {
                throw badMessage(message + " lacks the field \"" + field.label + "\": " + field.allowed);
            }
            if ((seen & ~allowed & field.fieldBit()) != 0) {
                throw badMessage(message + " has no field \"" + field.label + "\"; its fields are " + MessageField.joinNames(allowed));
            }
        }
    }

    private int checkRange(MessageField field, int min, int max) throws BadMessageException {
        long value = whole[field.ordinal()];
        if (value < min || value > max) {
            throw badMessage("field \"" + field.label + "\" of \"" + type + "\" is " + value + "; it must be from " + min + " to " + max);
        }
        return (int) value;
    }

    private static String readText(MessageField field, JsonToken token, JsonParser parser) throws IOException, BadMessageException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrongValue(field);
        }
        return parser.getText();
    }

    private static boolean readFlag(MessageField field, JsonToken token) throws BadMessageException {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrongValue(field);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static double readFraction(MessageField field, JsonToken token, JsonParser parser) throws IOException, BadMessageException {
        double value = token != null && token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
        if (!(value >= 0 && value <= 1)) {
            throw wrongValue(field);
        }
        return value;
    }

    private static long readWhole(MessageField field, JsonToken token, JsonParser parser) throws IOException, BadMessageException {
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrongValue(field);
        }
        return parser.getLongValue();
    }

    private static BadMessageException wrongValue(MessageField field) {
        return badMessage("field \"" + field.label + "\" must be " + field.allowed);
    }
}
