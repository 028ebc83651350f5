package org.catseye.auth.file;

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
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.catseye.secrets.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back in for the owner of the home's files: {@code recovery.json}, {@code {"format":1,"password":"<PHC>"}}, written by {@link Recover}, gives
 * the user {@code admin} this password, every right and no second factor, and adds that user if it was removed. It is taken once, while Catseye runs or
 * when it starts. A {@code users.json} that cannot be read is put aside. Holds a hash and no password. Not thread-safe.
 */
final class Recovery {

    static final String FILE = "recovery.json";
    /** What the launcher has put aside, one line each. */
    private static final String ASIDE = "recovery-aside.txt";
    private static final long MAX_ASIDE_BYTES = 16 << 10;
    private static final int FORMAT = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final SecretFile file;
    private final UserStore store;
    private final InstantSource time;

    Recovery(SecretFile file, UserStore store, InstantSource time) {
        this.file = file;
        this.store = store;
        this.time = time;
    }

    static void ask(SecretFile file, PasswordHash password) throws IOException {
        ObjectNode root = StrictJson.MAPPER.createObjectNode().put("format", FORMAT).put("password", password.text());
        file.write(StrictJson.write(root));
    }

    /** Whether there was one and it was applied. What is wrong with it is logged once, and it is put out of the way. */
    boolean apply() {
        if (!Files.exists(file.path())) {
            return false;
        }
        try {
            Optional<PasswordHash> password = read();
            if (password.isEmpty()) {
                return false;
            }
            store.startAnewIfDamaged(time.instant());
            store.change(accounts -> accounts.with(restored(accounts, password.get())));
            file.delete();
            return true;
        } catch (IOException | AccessException | IllegalArgumentException e) {
            LOG.error("{} cannot be used: {}. Run catseye recover again.", file.path(), e instanceof IOException io ? SecretFile.why(io) : e.getMessage());
            putAway();
            return false;
        }
    }

    /** Details for the audit log: what the launcher has put aside for this recovery, if it has. */
    Map<String, String> describe() {
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

    private Optional<PasswordHash> read() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file.path());
        if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)
                || !Files.getOwner(file.path()).equals(Files.getOwner(file.path().getParent()))) {
            throw new IOException("others than the owner of the home may write it");
        }
        Optional<byte[]> content = file.read();
        return content.isEmpty() ? Optional.empty()
                : Optional.of(PasswordHash.parse(StrictJson.text(StrictJson.read(content.get(), FORMAT), "password", FILE)));
    }

    private User restored(Accounts accounts, PasswordHash password) {
        return accounts.user(User.ADMIN).map(user -> user.withPassword(password).withGrants(Set.of(Rights.ADMIN_ROLE), user.rights())
                        .withFactor(Optional.empty()).renewed().withoutTokens())
                .orElseGet(() -> new User(User.ADMIN, password, Secrets.token(), time.instant(), Set.of(Rights.ADMIN_ROLE), Rights.NONE));
    }

    private void putAway() {
        try {
            file.delete();
        } catch (IOException e) {
            LOG.error("{} cannot be deleted: {}", file.path(), SecretFile.why(e));
        }
    }
}
