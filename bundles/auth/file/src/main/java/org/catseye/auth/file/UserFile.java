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
import org.catseye.access.spi.SecondFactorRecord;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;
import org.catseye.secrets.RightsJson;
import org.catseye.secrets.StrictJson;

/**
 * The format of {@code users.json}: {@code {"format":1,"users":{"<name>":{"password":"<PHC>","stamp":"..","tokenStamp":"..","created":"..",
 * "roles":[..],"rights":{"<target or *>":["VIEW",..]},"totp":{"secret":"<Base32>","lastStep":n,"recovery":["<SHA-256>",..]}}},
 * "roles":{"<name>":{"<target or *>":[..]}}}}.
 */
final class UserFile {

    private static final int FORMAT = 1;

    private UserFile() {
    }

    /** @throws IOException naming the place, without content */
    static UserRecords parseContent(byte[] content) throws IOException {
        ObjectNode root = StrictJson.read(content, FORMAT);
        Map<String, UserRecord> users = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : StrictJson.object(root, "users", "users").properties()) {
            users.put(entry.getKey(), parseUser(entry.getKey(), entry.getValue()));
        }
        Map<String, Rights> roles = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : StrictJson.object(root, "roles", "roles").properties()) {
            roles.put(entry.getKey(), RightsJson.read(entry.getValue(), "roles." + entry.getKey()));
        }
        if (users.isEmpty()) {
            throw new IOException("users: contains no user");
        }
        return new UserRecords(users, roles);
    }

    static byte[] toContent(UserRecords records) throws IOException {
        ObjectNode root = StrictJson.MAPPER.createObjectNode().put("format", FORMAT);
        ObjectNode users = root.putObject("users");
        new TreeMap<>(records.users()).forEach((name, user) -> writeUser(users.putObject(name), user));
        ObjectNode roles = root.putObject("roles");
        new TreeMap<>(records.roles()).forEach((name, rights) -> RightsJson.write(roles.putObject(name), rights));
        return StrictJson.write(root);
    }

    private static UserRecord parseUser(String name, JsonNode node) throws IOException {
        String place = "users." + name;
        Rights rights = RightsJson.read(StrictJson.object(node, "rights", place + ".rights"), place + ".rights");
        String stamp = StrictJson.text(node, "stamp", place);
        String tokenStamp = node.has("tokenStamp") ? StrictJson.text(node, "tokenStamp", place) : stamp;
        return new UserRecord(name, StrictJson.text(node, "password", place), stamp, tokenStamp, StrictJson.instant(node, "created", place),
                StrictJson.texts(node.path("roles"), place + ".roles"), rights, parseSecondFactor(node, place + ".totp"));
    }

    private static Optional<SecondFactorRecord> parseSecondFactor(JsonNode parent, String place) throws IOException {
        if (!parent.has("totp")) {
            return Optional.empty();
        }
        JsonNode node = parent.path("totp");
        if (!node.path("lastStep").canConvertToLong()) {
            throw new IOException(place + ".lastStep: is missing or not a number");
        }
        return Optional.of(new SecondFactorRecord(StrictJson.text(node, "secret", place), node.path("lastStep").longValue(),
                StrictJson.texts(node.path("recovery"), place + ".recovery")));
    }

    private static void writeUser(ObjectNode node, UserRecord user) {
        node.put("password", user.passwordHash()).put("stamp", user.stamp()).put("tokenStamp", user.tokenStamp())
                .put("created", user.created().toString());
        ArrayNode roles = node.putArray("roles");
        new TreeSet<>(user.roles()).forEach(roles::add);
        RightsJson.write(node.putObject("rights"), user.rights());
        user.secondFactor().ifPresent(factor -> writeSecondFactor(node.putObject("totp"), factor));
    }

    private static void writeSecondFactor(ObjectNode node, SecondFactorRecord factor) {
        ArrayNode recovery = node.put("secret", factor.secret()).put("lastStep", factor.lastStep()).putArray("recovery");
        new TreeSet<>(factor.recoveryHashes()).forEach(recovery::add);
    }
}
