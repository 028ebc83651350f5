package org.catseye.core.config.form;

import java.util.List;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;

/** Texts of a form as values of the type that Metatype names, because components of other products may read no texts. */
final class TypedValue {

    private TypedValue() {
    }

    /**
     * A value for ConfigurationAdmin. A text that is not of the type stays a text, so that a check can refuse it with its own message.
     *
     * @param texts one, unless the setting is a list
     * @return empty for a blank number or flag, which means that the setting is removed
     */
    static Optional<Object> convertTexts(AttributeDefinition attribute, List<String> texts) {
        if (attribute.getCardinality() != 0) {
            // The number types of a list are kept as texts: components convert them, and a list can't have mixed types.
            return Optional.of(texts.toArray(String[]::new));
        }
        boolean removed = texts.get(0).isBlank() && !canBeBlank(attribute.getType());
        return removed ? Optional.empty() : Optional.of(convertOrKeep(attribute.getType(), texts.get(0)));
    }

    /** Whether a blank text is a value of the type. */
    static boolean canBeBlank(int type) {
        return switch (type) {
            case AttributeDefinition.STRING, AttributeDefinition.PASSWORD, AttributeDefinition.CHARACTER -> true;
            default -> false;
        };
    }

    private static Object convertOrKeep(int type, String text) {
        try {
            return convert(type, text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Whether the text is a number, if the type requires one. */
    static boolean isValid(int type, String text) {
        try {
            convert(type, text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Object convert(int type, String text) {
        return switch (type) {
            case AttributeDefinition.INTEGER -> Integer.valueOf(text.trim());
            case AttributeDefinition.SHORT -> Short.valueOf(text.trim());
            case AttributeDefinition.BYTE -> Byte.valueOf(text.trim());
            case AttributeDefinition.LONG -> Long.valueOf(text.trim());
            case AttributeDefinition.DOUBLE -> Double.valueOf(text.trim());
            case AttributeDefinition.FLOAT -> Float.valueOf(text.trim());
            case AttributeDefinition.BOOLEAN -> text.trim().matches("(?i)true|false") ? Boolean.valueOf(text.trim()) : text;
            default -> text;
        };
    }
}
