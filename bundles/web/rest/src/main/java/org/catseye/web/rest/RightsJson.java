package org.catseye.web.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.Permission;

/** Rights in JSON: {@code {"<target or *>":["VIEW",..]}}. */
final class RightsJson {

    private RightsJson() {
    }

    static void write(ObjectNode node, Map<String, Set<Permission>> rights) {
        new TreeMap<>(rights).forEach((target, permissions) -> {
            ArrayNode list = node.putArray(target);
            permissions.stream().sorted().forEach(permission -> list.add(permission.name()));
        });
    }

    /** @throws ApiException 400 */
    static Map<String, Set<Permission>> read(ObjectNode node) throws ApiException {
        Map<String, Set<Permission>> result = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Set<Permission> permissions = EnumSet.noneOf(Permission.class);
            if (!entry.getValue().isArray()) {
                throw wrong();
            }
            for (JsonNode name : entry.getValue()) {
                permissions.add(permission(name));
            }
            result.put(entry.getKey(), permissions);
        }
        return result;
    }

    private static Permission permission(JsonNode name) throws ApiException {
        for (Permission permission : Permission.values()) {
            if (name.isTextual() && permission.name().equals(name.textValue())) {
                return permission;
            }
        }
        throw wrong();
    }

    private static ApiException wrong() {
        return new ApiException(400, "bad_field", "Rights have the form {\"<target id or *>\": [..]}, with some of " + EnumSet.allOf(Permission.class) + " in the list.");
    }
}
