package org.catseye.web.console.guard.form;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.catseye.config.BadValueException;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * Checks single values against the form descriptions (OSGi Metatype). The console displays the descriptions but accepts any
 * value.
 */
final class FormTypes {

    private final MetaTypeService metatype;
    private final Supplier<Bundle[]> bundles;

    FormTypes(MetaTypeService metatype, Supplier<Bundle[]> bundles) {
        this.metatype = metatype;
        this.bundles = bundles;
    }

    /** @throws BadValueException for the first invalid value; every value of a PID without a form is valid */
    void check(String form, Map<String, Object> values) throws BadValueException {
        String pid = String.valueOf(values.get(Constants.SERVICE_PID));
        for (AttributeDefinition attribute : attributes(form)) {
            Object value = values.get(attribute.getID());
            // An empty field counts as missing. Lists are sent as text; a password has no type description.
            boolean single = attribute.getCardinality() == 0 && attribute.getType() != AttributeDefinition.PASSWORD;
            String verdict = single && value != null && !value.toString().isBlank() ? attribute.validate(value.toString().trim()) : "";
            // Metatype: null means "not validated" (as in forms described in code), an empty text means valid, other text is the error.
            String words = verdict != null || number(attribute.getType(), value.toString().trim()) ? verdict : "no number";
            if (words != null && !words.isEmpty()) {
                throw new BadValueException(pid, attribute.getID(), value, right(attribute, words));
            }
        }
    }

    /** Whether the text is a number, if the type requires one. */
    private static boolean number(int type, String text) {
        try {
            switch (type) {
                case AttributeDefinition.INTEGER, AttributeDefinition.SHORT, AttributeDefinition.BYTE -> Integer.parseInt(text);
                case AttributeDefinition.LONG -> Long.parseLong(text);
                case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> Double.parseDouble(text);
                default -> { }
            }
            return true;
        } catch (NumberFormatException no) {
            return false;
        }
    }

    private AttributeDefinition[] attributes(String form) {
        for (Bundle bundle : bundles.get()) {
            MetaTypeInformation known = metatype.getMetaTypeInformation(bundle);
            if (known != null && Stream.concat(Arrays.stream(orNone(known.getPids())), Arrays.stream(orNone(known.getFactoryPids()))).anyMatch(form::equals)) {
                AttributeDefinition[] all = known.getObjectClassDefinition(form, null).getAttributeDefinitions(ObjectClassDefinition.ALL);
                return all == null ? new AttributeDefinition[0] : all;
            }
        }
        return new AttributeDefinition[0];
    }

    private static String[] orNone(String[] names) {
        return names == null ? new String[0] : names;
    }

    private static String right(AttributeDefinition attribute, String verdict) {
        String[] options = orNone(attribute.getOptionValues());
        String kind = options.length > 0 ? "one of " + String.join(", ", options) : switch (attribute.getType()) {
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT, AttributeDefinition.BYTE -> which(verdict) + "whole number";
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> which(verdict) + "number";
            case AttributeDefinition.BOOLEAN -> "true or false";
            default -> "what the form says";
        };
        String words = attribute.getDescription();
        return words == null || words.isBlank() ? kind : kind + " (" + words + ")";
    }

    /** Completes a message about a limit. Metatype does not report the limit itself; the description contains it. */
    private static String which(String verdict) {
        return verdict.contains("minimum") ? "a larger " : verdict.contains("maximum") ? "a smaller " : "a ";
    }
}
