package org.catseye.web.rest.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.http.JsonRequest;
import org.catseye.http.RequestRefusedException;
import org.catseye.secrets.RightsJson;

/** The body of a request: a small JSON object. Errors name the position and never repeat content, which may be secret. */
public final class JsonBody {

    public static final int MAX_BYTES = JsonRequest.MAX_BYTES;

    private final ObjectNode content;

    private JsonBody(ObjectNode content) {
        this.content = content;
    }

    /**
     * @param known the names of all fields that the body may have
     * @throws ApiException 413, 415 or 400
     */
    public static JsonBody readBody(HttpServletRequest request, Set<String> known) throws ApiException, IOException {
        ObjectNode object;
        try {
            object = JsonRequest.readObject(request);
        } catch (RequestRefusedException e) {
            throw ApiException.fromRefusal(e);
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            if (!known.contains(names.next())) {
                throw new ApiException(400, "bad_field", "The body has an unknown field. Known fields: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return new JsonBody(object);
    }

    /** @throws ApiException 400 if it is missing or not a text */
    public String requireText(String name) throws ApiException {
        JsonNode value = content.path(name);
        if (!value.isTextual()) {
            throw new ApiException(400, "bad_field", "The body needs the text field \"" + name + "\".");
        }
        return value.textValue();
    }

    /** @throws ApiException 400 if it is present and not a text */
    public String optionalText(String name) throws ApiException {
        return content.has(name) ? requireText(name) : "";
    }

    /** @throws ApiException 400 if it is missing or not a whole number */
    public long requireNumber(String name) throws ApiException {
        JsonNode value = content.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new ApiException(400, "bad_field", "The body needs the field \"" + name + "\", a whole number.");
        }
        return value.longValue();
    }

    /** @throws ApiException 400 if it is neither true nor false */
    public boolean requireBoolean(String name) throws ApiException {
        if (!content.has(name)) {
            throw new ApiException(400, "bad_field", "The body needs the field \"" + name + "\", true or false.");
        }
        return optionalBoolean(name, false);
    }

    /** @throws ApiException 400 if it is present and neither true nor false */
    public boolean optionalBoolean(String name, boolean whenAbsent) throws ApiException {
        JsonNode value = content.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new ApiException(400, "bad_field", "The field \"" + name + "\" has to be true or false.");
        }
        return value.asBoolean(whenAbsent);
    }

    /** @throws ApiException 400 if it is missing or not a list of texts */
    public Set<String> requireTexts(String name) throws ApiException {
        Set<String> result = new LinkedHashSet<>();
        JsonNode list = content.path(name);
        for (JsonNode item : list) {
            result.add(item.isTextual() ? item.textValue() : null);
        }
        if (!list.isArray() || result.contains(null)) {
            throw new ApiException(400, "bad_field", "The body needs the field \"" + name + "\", a list of texts.");
        }
        return result;
    }

    /** @throws ApiException 400 unless the field has the form {@code {"<target id or *>":["VIEW",..]}} */
    public Map<String, Set<Permission>> readRights(String name) throws ApiException {
        try {
            return RightsJson.read(requireObject(name), name).byTarget();
        } catch (IOException e) {
            throw new ApiException(400, "bad_field", "Rights have the form {\"<target id or *>\": [..]}, with some of "
                    + List.of(Permission.values()) + " in the list.");
        }
    }

    /** @throws ApiException 400 if it is missing or not an object */
    public ObjectNode requireObject(String name) throws ApiException {
        if (content.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw new ApiException(400, "bad_field", "The body needs the field \"" + name + "\", an object.");
    }
}
