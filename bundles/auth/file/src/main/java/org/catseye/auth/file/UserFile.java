package org.catseye.auth.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.access.Rights;
import org.catseye.secrets.RightsJson;
import org.catseye.secrets.StrictJson;

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
        ObjectNode root = StrictJson.read(content, FORMAT);
        Map<String, User> users = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : StrictJson.object(root, "users", "users").properties()) {
            users.put(entry.getKey(), user(entry.getKey(), entry.getValue()));
        }
        Map<String, Rights> roles = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : StrictJson.object(root, "roles", "roles").properties()) {
            roles.put(entry.getKey(), RightsJson.read(entry.getValue(), "roles." + entry.getKey()));
        }
        if (users.isEmpty()) {
            throw new IOException("users: has nobody in it");
        }
        return new Accounts(users, roles);
    }

    static byte[] write(Accounts accounts) throws IOException {
        ObjectNode root = StrictJson.MAPPER.createObjectNode().put("format", FORMAT);
        ObjectNode users = root.putObject("users");
        new TreeMap<>(accounts.users()).forEach((name, user) -> {
            ObjectNode node = users.putObject(name).put("password", user.password().text()).put("stamp", user.stamp())
                    .put("tokenStamp", user.tokenStamp()).put("created", user.created().toString());
            ArrayNode roles = node.putArray("roles");
            new TreeSet<>(user.roles()).forEach(roles::add);
            RightsJson.write(node.putObject("rights"), user.rights());
            user.factor().ifPresent(factor -> write(node.putObject("totp"), factor));
        });
        ObjectNode roles = root.putObject("roles");
        new TreeMap<>(accounts.roles()).forEach((name, rights) -> RightsJson.write(roles.putObject(name), rights));
        return StrictJson.write(root);
    }

    private static User user(String name, JsonNode node) throws IOException {
        String place = "users." + name;
        if (!User.NAME.matcher(name).matches()) {
            throw new IOException("users: a name may have 1 to 64 letters, digits and . _ @ -, beginning with a letter or digit");
        }
        PasswordHash password;
        try {
            password = PasswordHash.parse(StrictJson.text(node, "password", place));
        } catch (IllegalArgumentException e) {
            throw new IOException(place + ".password: " + e.getMessage());
        }
        Rights rights = RightsJson.read(StrictJson.object(node, "rights", place + ".rights"), place + ".rights");
        String stamp = StrictJson.text(node, "stamp", place);
        String tokenStamp = node.has("tokenStamp") ? StrictJson.text(node, "tokenStamp", place) : stamp;
        return new User(name, password, stamp, tokenStamp, StrictJson.instant(node, "created", place), StrictJson.texts(node.path("roles"), place + ".roles"), rights, factor(node, place + ".totp"));
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
            return Optional.of(new Totp(StrictJson.text(node, "secret", place), node.path("lastStep").longValue(), StrictJson.texts(node.path("recovery"), place + ".recovery")));
        } catch (RuntimeException e) {
            throw new IOException(place + ".secret: is not Base32 of at least 128 bits");
        }
    }

    private static void write(ObjectNode node, Totp factor) {
        ArrayNode recovery = node.put("secret", factor.secret()).put("lastStep", factor.lastStep()).putArray("recovery");
        new TreeSet<>(factor.recovery()).forEach(recovery::add);
    }
}
