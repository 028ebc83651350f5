package org.catseye.core.config.form;

import java.util.List;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.osgi.framework.Constants;
import org.osgi.service.metatype.AttributeDefinition;

/** Checks values, and each element of a list, against the form descriptions (OSGi Metatype). The forms display the descriptions but accept any value. */
final class FormTypes {

    private final FormCatalog forms;

    FormTypes(FormCatalog forms) {
        this.forms = forms;
    }

    /** @throws BadValueException for the first invalid value; every value of a PID without a form is valid */
    void checkValues(String form, Map<String, Object> values) throws BadValueException {
        String pid = String.valueOf(values.get(Constants.SERVICE_PID));
        for (AttributeDefinition attribute : forms.findForm(form).map(FormCatalog.Described::attributes).orElseGet(List::of)) {
            Object value = values.get(attribute.getID());
            // A password has no type description.
            if (value != null && attribute.getType() != AttributeDefinition.PASSWORD) {
                checkValue(pid, attribute, value);
            }
        }
    }

    private static void checkValue(String pid, AttributeDefinition attribute, Object value) throws BadValueException {
        boolean list = attribute.getCardinality() != 0;
        List<String> texts = FormReader.readTexts(value);
        if (list && value instanceof String) {
            // A list as one text: its component splits it.
            return;
        }
        for (String text : list || texts.size() == 1 ? texts : List.of(texts.toString())) {
            String error = findError(attribute, text.trim(), list);
            if (!error.isEmpty()) {
                throw new BadValueException(pid, attribute.getID(), text, describeAllowed(attribute, error));
            }
        }
    }

    /** @return empty if the value is valid */
    private static String findError(AttributeDefinition attribute, String text, boolean list) {
        if (text.isEmpty()) {
            // An empty field counts as missing, but an element of a list does not.
            boolean missing = !list || TypedValue.canBeBlank(attribute.getType()) && !hasOptions(attribute);
            return missing ? "" : "empty";
        }
        String verdict = attribute.validate(list ? text.replaceAll("[\\\\,]", "\\\\$0") : text);
        // Metatype: null means "not validated" (as in forms described in code), an empty text means valid, other text is the error.
        return verdict != null ? verdict : TypedValue.isValid(attribute.getType(), text) ? "" : "no number";
    }

    private static String describeAllowed(AttributeDefinition attribute, String error) {
        String[] options = attribute.getOptionValues();
        String kind = hasOptions(attribute) ? "one of " + String.join(", ", options) : switch (attribute.getType()) {
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT, AttributeDefinition.BYTE -> describeLimit(error) + "whole number";
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> describeLimit(error) + "number";
            case AttributeDefinition.BOOLEAN -> "true or false";
            default -> "what the form says";
        };
        String description = attribute.getDescription();
        return description == null || description.isBlank() ? kind : kind + " (" + description + ")";
    }

    private static boolean hasOptions(AttributeDefinition attribute) {
        return attribute.getOptionValues() != null && attribute.getOptionValues().length > 0;
    }

    /** Completes a message about a limit. Metatype does not report the limit itself; the description contains it. */
    private static String describeLimit(String error) {
        return error.contains("minimum") ? "a larger " : error.contains("maximum") ? "a smaller " : "a ";
    }
}
