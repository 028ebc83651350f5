package org.catseye.web.redfish.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catseye.http.JsonRequest;
import org.catseye.http.RedfishError;
import org.catseye.http.RequestRefusedException;

/** The parameters of an action. Errors never repeat values, which may be secret. */
public final class Parameters {

    private final String action;
    private final ObjectNode content;

    private Parameters(String action, ObjectNode content) {
        this.action = action;
        this.content = content;
    }

    /** The body of a request: a JSON object. */
    public static ObjectNode readBody(RedfishRequest request) throws RedfishException, IOException {
        try {
            return JsonRequest.readObject(request.request());
        } catch (RequestRefusedException e) {
            throw RedfishException.fromRefusal(e);
        }
    }

    /**
     * @param action the name, such as {@code Reset}
     * @param known the names of all parameters that are supported
     */
    public static Parameters readParameters(RedfishRequest request, String action, Set<String> known) throws RedfishException, IOException {
        ObjectNode content = readBody(request);
        for (Iterator<String> names = content.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new RedfishException(400, new RedfishError("ActionParameterUnknown", "The action " + action + " does not support one of the given parameters. "
                        + "It supports " + String.join(", ", known.stream().sorted().toList()) + ".", List.of(action, "unknown"), "", "Leave the parameter out."));
            }
        }
        return new Parameters(action, content);
    }

    public boolean has(String name) {
        return content.hasNonNull(name);
    }

    public String requireText(String name) throws RedfishException {
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            throw new RedfishException(400, new RedfishError("ActionParameterMissing", "The action " + action + " requires the parameter " + name
                    + " to be present in the request body.", List.of(action, name), "#/" + name, "Add the parameter."));
        }
        return text.get();
    }

    public Optional<String> optionalText(String name) throws RedfishException {
        JsonNode value = content.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrongType(name, "a string");
        }
        return Optional.of(value.textValue());
    }

    public boolean optionalBoolean(String name, boolean defaultValue) throws RedfishException {
        JsonNode value = content.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return defaultValue;
        }
        if (!value.isBoolean()) {
            throw wrongType(name, "true or false");
        }
        return value.booleanValue();
    }

    private RedfishException wrongType(String name, String right) {
        return new RedfishException(400, new RedfishError("ActionParameterValueTypeError", "The parameter " + name + " of the action " + action + " has to be "
                + right + ".", List.of("?", name, action), "#/" + name, "Correct the value."));
    }

    /** For a value that is not one of those that are possible. */
    public RedfishException outsideList(String name, Collection<String> possible) {
        return new RedfishException(400, new RedfishError("ActionParameterValueNotInList", "The parameter " + name + " of the action " + action
                + (possible.isEmpty() ? " has no possible value currently." : " has to be one of " + String.join(", ", possible) + "."),
                List.of("?", name, action), "#/" + name, "Choose one of the allowable values."));
    }

    /** For a parameter, or a value of it, that this device cannot act on. */
    public RedfishException unsupported(String name, String message) {
        return new RedfishException(400, new RedfishError("ActionParameterNotSupported", message, List.of(name, action), "#/" + name, "Leave the parameter out."));
    }
}
