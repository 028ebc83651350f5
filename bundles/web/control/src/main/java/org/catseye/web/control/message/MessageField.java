package org.catseye.web.control.message;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of all client messages. */
enum MessageField {
    TYPE("type", "a text"),
    CODE("code", "a text, a KeyboardEvent.code"),
    DOWN("down", "true or false"),
    X("x", "a number from 0 to 1"),
    Y("y", "a number from 0 to 1"),
    DX("dx", "a whole number"),
    DY("dy", "a whole number"),
    BUTTONS("buttons", "a whole number from 0 to 31"),
    ID("id", "a whole number");

    private static final Map<String, MessageField> BY_NAME =
        Stream.of(values()).collect(Collectors.toUnmodifiableMap(field -> field.label, Function.identity()));

    /** The field's name in JSON. */
    final String label;
    /** A description of valid values. */
    final String allowed;

    MessageField(String label, String allowed) {
        this.label = label;
        this.allowed = allowed;
    }

    /** This field's bit in a set of fields. */
    int fieldBit() {
        return 1 << ordinal();
    }

    static MessageField findByName(String name) throws BadMessageException {
        MessageField field = BY_NAME.get(name);
        if (field == null) {
            throw BadMessageException.badMessage("field " + BadMessageException.quoteSafely(name) + " is not known; fields are "
                + joinNames((1 << values().length) - 1));
        }
        return field;
    }

    /** The names of a set of fields. */
    static String joinNames(int bits) {
        return Stream.of(values()).filter(field -> (bits & field.fieldBit()) != 0).map(field -> field.label).collect(Collectors.joining(", "));
    }
}
