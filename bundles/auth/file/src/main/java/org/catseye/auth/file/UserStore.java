package org.catseye.auth.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.catseye.access.AccessException;
import org.catseye.secrets.SecretFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users, in memory and in {@code users.json}. A file that cannot be understood shuts everybody out and is left as it is: to
 * begin anew would hand the device to whoever comes first. Thread-safe.
 */
final class UserStore {

    private static final Logger LOG = LoggerFactory.getLogger(UserStore.class);

    private final SecretFile file;
    private volatile Accounts accounts = Accounts.NONE;
    private volatile boolean damaged = true;

    UserStore(SecretFile file) {
        this.file = file;
    }

    /** Reads the file; until then nobody gets in. */
    void load() {
        try {
            var content = file.read();
            accounts = content.isPresent() ? UserFile.read(content.get()) : Accounts.NONE;
            damaged = false;
        } catch (IOException e) {
            damaged = true;
            LOG.error("{}: {}. Until this is mended nobody of its users can log in, and the file is not touched. Put a good copy in its place and "
                    + "restart; or run bin/catseye recover on this machine, which puts it aside and begins anew with the user admin.", file.path(), SecretFile.why(e));
        }
    }

    /** True as long as it is not known who may get in. */
    boolean damaged() {
        return damaged;
    }

    Accounts accounts() {
        return accounts;
    }

    /** Puts a file that cannot be understood aside and goes on with nobody, for a person who has asked for it on the machine. */
    synchronized void startAnewIfDamaged(Instant now) throws IOException {
        if (damaged) {
            Path aside = file.path().resolveSibling("users.json.damaged-" + now.getEpochSecond());
            if (Files.exists(file.path())) {
                Files.move(file.path(), aside);
                LOG.warn("{} could not be read and is {} now", file.path(), aside);
            }
            accounts = Accounts.NONE;
            damaged = false;
        }
    }

    /** What becomes of the users, or why not. */
    @FunctionalInterface
    interface Change {
        Accounts apply(Accounts accounts) throws AccessException;
    }

    /** Changes the users; when it returns the change is on the disk, when it throws there was none. */
    synchronized void change(Change change) throws IOException, AccessException {
        if (damaged) {
            throw new IOException(file.path() + " is damaged and is not overwritten");
        }
        Accounts changed = change.apply(accounts);
        if (changed != accounts) {
            file.write(UserFile.write(changed));
            accounts = changed;
        }
    }
}
