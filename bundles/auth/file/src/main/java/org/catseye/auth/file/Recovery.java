package org.catseye.auth.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.Rights;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.catseye.secrets.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back in for who owns the home's files: {@code recovery.json}, {@code {"format":1,"password":"<PHC>"}}, written by {@link Recover}, gives
 * the user {@code admin} this password, every right and no second factor, and makes him if he is gone. It is taken once, while Catseye runs or when it
 * starts. A {@code users.json} that cannot be read is put aside. Holds a hash and no password. Not thread-safe.
 */
final class Recovery {

    static final String FILE = "recovery.json";
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
