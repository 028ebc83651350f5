package org.catseye.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.Permission;
import org.catseye.access.Rights;

/** Reads and writes rights in the files of access control: {@code {"<target or *>":["VIEW",..]}}. */
public final class RightsJson {

    private RightsJson() {
    }

    /** @throws IOException with the location of the error */
    public static Rights read(JsonNode node, String place) throws IOException {
        if (!node.isObject()) {
            throw new IOException(place + ": is not an object");
        }
        Map<String, Set<Permission>> byTarget = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Set<Permission> permissions = EnumSet.noneOf(Permission.class);
            for (String name : StrictJson.texts(entry.getValue(), place + "." + entry.getKey())) {
                permissions.add(permission(name, place + "." + entry.getKey()));
            }
            byTarget.put(entry.getKey(), permissions);
        }
        return new Rights(byTarget);
    }

    private static Permission permission(String name, String place) throws IOException {
        for (Permission permission : Permission.values()) {
            if (permission.name().equals(name)) {
                return permission;
            }
        }
        throw new IOException(place + ": a permission is one of " + EnumSet.allOf(Permission.class));
    }

    public static void write(ObjectNode node, Rights rights) {
        new TreeMap<>(rights.byTarget()).forEach((target, permissions) -> {
            ArrayNode list = node.putArray(target);
            permissions.stream().sorted().forEach(permission -> list.add(permission.name()));
        });
    }
}
