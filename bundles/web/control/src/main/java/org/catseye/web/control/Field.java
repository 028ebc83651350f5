package org.catseye.web.control;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of all client messages. */
enum Field {
    TYPE("type", "a text"),
    CODE("code", "a text, a KeyboardEvent.code"),
    DOWN("down", "true or false"),
    X("x", "a number from 0 to 1"),
    Y("y", "a number from 0 to 1"),
    DX("dx", "a whole number"),
    DY("dy", "a whole number"),
    BUTTONS("buttons", "a whole number from 0 to 31"),
    ID("id", "a whole number");

    private static final Map<String, Field> BY_NAME = Stream.of(values()).collect(Collectors.toUnmodifiableMap(field -> field.label, Function.identity()));

    /** The field's name in JSON. */
    final String label;
    /** What would be right, in words. */
    final String right;

    Field(String label, String right) {
        this.label = label;
        this.right = right;
    }

    /** This field's bit in a set of fields. */
    int bit() {
        return 1 << ordinal();
    }

    static Field named(String name) throws BadMessageException {
        Field field = BY_NAME.get(name);
        if (field == null) {
            throw BadMessageException.bad("field " + BadMessageException.echo(name) + " is not known; fields are " + names((1 << values().length) - 1));
        }
        return field;
    }

    /** The names of a set of fields. */
    static String names(int bits) {
        return Stream.of(values()).filter(field -> (bits & field.bit()) != 0).map(field -> field.label).collect(Collectors.joining(", "));
    }
}
