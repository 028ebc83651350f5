package org.catseye.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.access.Permission;

/**
 * {@code users.json}: {@code {"format":1,"users":{"<name>":{"password":"<PHC>","stamp":"..","tokenStamp":"..","created":"..","roles":[..],"rights":
 * {"<target or *>":["VIEW",..]},"totp":{"secret":"<Base32>","lastStep":n,"recovery":["<SHA-256>",..]}}},"roles":{"<name>":{"<target or *>":[..]}}}}.
 */
final class UserFile {

    private static final int FORMAT = 1;

    private UserFile() {
    }

    /** @throws IOException naming the place, without content */
    static Accounts read(byte[] content) throws IOException {
        ObjectNode root = Json.read(content, FORMAT);
        Map<String, User> users = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : Json.object(root, "users", "users").properties()) {
            users.put(entry.getKey(), user(entry.getKey(), entry.getValue()));
        }
        Map<String, Rights> roles = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : Json.object(root, "roles", "roles").properties()) {
            roles.put(entry.getKey(), rights(entry.getValue(), "roles." + entry.getKey()));
        }
        if (users.isEmpty()) {
            throw new IOException("users: has nobody in it");
        }
        return new Accounts(users, roles);
    }

    static byte[] write(Accounts accounts) throws IOException {
        ObjectNode root = Json.MAPPER.createObjectNode().put("format", FORMAT);
        ObjectNode users = root.putObject("users");
        new TreeMap<>(accounts.users()).forEach((name, user) -> {
            ObjectNode node = users.putObject(name).put("password", user.password().text()).put("stamp", user.stamp())
                    .put("tokenStamp", user.tokenStamp()).put("created", user.created().toString());
            ArrayNode roles = node.putArray("roles");
            new TreeSet<>(user.roles()).forEach(roles::add);
            write(node.putObject("rights"), user.rights());
            user.factor().ifPresent(factor -> write(node.putObject("totp"), factor));
        });
        ObjectNode roles = root.putObject("roles");
        new TreeMap<>(accounts.roles()).forEach((name, rights) -> write(roles.putObject(name), rights));
        return Json.write(root);
    }

    private static User user(String name, JsonNode node) throws IOException {
        String place = "users." + name;
        if (!User.NAME.matcher(name).matches()) {
            throw new IOException("users: a name may have 1 to 64 letters, digits and . _ @ -, beginning with a letter or digit");
        }
        PasswordHash password;
        try {
            password = PasswordHash.parse(Json.text(node, "password", place));
        } catch (IllegalArgumentException e) {
            throw new IOException(place + ".password: " + e.getMessage());
        }
        Rights rights = rights(Json.object(node, "rights", place + ".rights"), place + ".rights");
        String stamp = Json.text(node, "stamp", place);
        String tokenStamp = node.has("tokenStamp") ? Json.text(node, "tokenStamp", place) : stamp;
        return new User(name, password, stamp, tokenStamp, Json.instant(node, "created", place), texts(node.path("roles"), place + ".roles"), rights, factor(node, place + ".totp"));
    }

    private static Optional<Totp> factor(JsonNode parent, String place) throws IOException {
        if (!parent.has("totp")) {
            return Optional.empty();
        }
        JsonNode node = parent.path("totp");
        if (!node.path("lastStep").canConvertToLong()) {
            throw new IOException(place + ".lastStep: is missing or not a number");
        }
        try {
            return Optional.of(new Totp(Json.text(node, "secret", place), node.path("lastStep").longValue(), texts(node.path("recovery"), place + ".recovery")));
        } catch (RuntimeException e) {
            throw new IOException(place + ".secret: is not Base32 of at least 128 bits");
        }
    }

    private static void write(ObjectNode node, Totp factor) {
        ArrayNode recovery = node.put("secret", factor.secret()).put("lastStep", factor.lastStep()).putArray("recovery");
        new TreeSet<>(factor.recovery()).forEach(recovery::add);
    }

    static Rights rights(JsonNode node, String place) throws IOException {
        if (!node.isObject()) {
            throw new IOException(place + ": is not an object");
        }
        Map<String, Set<Permission>> byTarget = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Set<Permission> permissions = EnumSet.noneOf(Permission.class);
            for (String name : texts(entry.getValue(), place + "." + entry.getKey())) {
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

    private static Set<String> texts(JsonNode list, String place) throws IOException {
        if (!list.isArray()) {
            throw new IOException(place + ": is missing or not a list");
        }
        Set<String> result = new LinkedHashSet<>();
        for (JsonNode item : list) {
            if (!item.isTextual()) {
                throw new IOException(place + ": holds something that is not a text");
            }
            result.add(item.textValue());
        }
        return result;
    }

    static void write(ObjectNode node, Rights rights) {
        new TreeMap<>(rights.byTarget()).forEach((target, permissions) -> {
            ArrayNode list = node.putArray(target);
            permissions.stream().sorted().forEach(permission -> list.add(permission.name()));
        });
    }
}
