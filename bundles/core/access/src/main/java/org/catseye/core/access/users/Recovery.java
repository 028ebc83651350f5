package org.catseye.core.access.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.AccessException;
import org.catseye.access.Rights;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;
import org.catseye.core.access.password.PasswordHash;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.catseye.secrets.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back in for the owner of the home's files. {@code recovery.json}, {@code {"format":1,"password":"<PHC>"}}, is written by
 * {@link RecoverCommand}. It gives the user {@code admin} this password, all rights and no second factor, and adds the user if it was removed. It is
 * applied once, while Catseye runs or when it starts. Unreadable users are set aside. The file contains a hash and no password. Not thread-safe.
 */
final class Recovery {

    static final String FILE = "recovery.json";
    /** Lists what the launcher has moved aside, one line each. */
    private static final String ASIDE = "recovery-aside.txt";
    private static final long MAX_ASIDE_BYTES = 16 << 10;
    private static final int FORMAT = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final SecretFile file;
    private final UserAccounts accounts;
    private final InstantSource time;

    Recovery(SecretFile file, UserAccounts accounts, InstantSource time) {
        this.file = file;
        this.accounts = accounts;
        this.time = time;
    }

    static void writeRequest(SecretFile file, PasswordHash password) throws IOException {
        ObjectNode root = StrictJson.MAPPER.createObjectNode().put("format", FORMAT).put("password", password.toPhc());
        file.write(StrictJson.write(root));
    }

    /** Whether there was a request and it was applied. A faulty one is logged once and deleted. */
    boolean applyRequest() {
        if (!Files.exists(file.path())) {
            return false;
        }
        try {
            Optional<PasswordHash> password = readRequest();
            if (password.isEmpty()) {
                return false;
            }
            accounts.setAsideIfUnreadable();
            accounts.storeChange(records -> records.withUser(restoreAdmin(records, password.get())));
            file.delete();
            return true;
        } catch (IOException | AccessException | IllegalArgumentException e) {
            LOG.error("{} cannot be used: {}. Run catseye recover again.", file.path(), e instanceof IOException io ? SecretFile.why(io) : e.getMessage());
            deleteFaultyRequest();
            return false;
        }
    }

    /** Details for the audit log: what the launcher has moved aside for this recovery, if anything. */
    Map<String, String> describeRequest() {
        Map<String, String> details = new TreeMap<>(Map.of("by", "catseye recover"));
        Path aside = file.path().resolveSibling(ASIDE);
        try {
            if (Files.exists(aside) && Files.size(aside) <= MAX_ASIDE_BYTES) {
                details.put("aside", String.join(", ", Files.readAllLines(aside)));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", aside, SecretFile.why(e));
        }
        return details;
    }

    private Optional<PasswordHash> readRequest() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file.path());
        if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)
                || !Files.getOwner(file.path()).equals(Files.getOwner(file.path().getParent()))) {
            throw new IOException("it can be written by others than the owner of the home");
        }
        Optional<byte[]> content = file.read();
        return content.isEmpty() ? Optional.empty()
                : Optional.of(PasswordHash.parsePhc(StrictJson.text(StrictJson.read(content.get(), FORMAT), "password", FILE)));
    }

    private UserRecord restoreAdmin(UserRecords records, PasswordHash password) {
        return records.findUser(GrantRule.ADMIN_USER).map(user -> user.withPasswordHash(password.toPhc())
                        .withGrants(Set.of(Rights.ADMIN_ROLE), user.rights()).withSecondFactor(Optional.empty())
                        .withStamp(Secrets.token()).withTokenStamp(Secrets.token()))
                .orElseGet(() -> NewUser.createAdmin(password, time.instant()));
    }

    private void deleteFaultyRequest() {
        try {
            file.delete();
        } catch (IOException e) {
            LOG.error("{} cannot be deleted: {}", file.path(), SecretFile.why(e));
        }
    }
}
