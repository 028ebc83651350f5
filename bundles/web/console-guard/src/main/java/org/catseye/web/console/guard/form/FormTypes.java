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

/** What the descriptions of forms (OSGi Metatype) say of single values. The console shows it, and takes anything. */
final class FormTypes {

    private final MetaTypeService metatype;
    private final Supplier<Bundle[]> bundles;

    FormTypes(MetaTypeService metatype, Supplier<Bundle[]> bundles) {
        this.metatype = metatype;
        this.bundles = bundles;
    }

    /** @throws BadValueException naming the first that is not right; what has no form is right */
    void check(String form, Map<String, Object> values) throws BadValueException {
        String pid = String.valueOf(values.get(Constants.SERVICE_PID));
        for (AttributeDefinition attribute : attributes(form)) {
            Object value = values.get(attribute.getID());
            // An empty field is as one that was left out. Lists are texts; a password says nothing about itself.
            boolean single = attribute.getCardinality() == 0 && attribute.getType() != AttributeDefinition.PASSWORD;
            String verdict = single && value != null && !value.toString().isBlank() ? attribute.validate(value.toString().trim()) : "";
            // Metatype: null is "not looked at", as by those who describe their form in code; empty is right, all else says what is wrong.
            String words = verdict != null || number(attribute.getType(), value.toString().trim()) ? verdict : "no number";
            if (words != null && !words.isEmpty()) {
                throw new BadValueException(pid, attribute.getID(), value, right(attribute, words));
            }
        }
    }

    /** Whether it is one, if it has to be. */
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

    /** The limits themselves are not told by Metatype; people write them into the description. */
    private static String which(String verdict) {
        return verdict.contains("minimum") ? "a larger " : verdict.contains("maximum") ? "a smaller " : "a ";
    }
}
