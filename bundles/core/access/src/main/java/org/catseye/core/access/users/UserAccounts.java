package org.catseye.core.access.users;

import java.io.IOException;
import java.util.function.Consumer;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Session;
import org.catseye.access.spi.UserRecords;
import org.catseye.access.spi.UserStore;
import org.catseye.secrets.SecretFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of this device in memory, and their changes. Content that can't be read locks out all users and is left as it is: starting with an
 * empty store would give the device to the first caller. Thread-safe; only {@link #load} and changes touch the store.
 */
public final class UserAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(UserAccounts.class);

    private final UserStore store;
    private final Consumer<UserRecords> listener;
    private volatile UserRecords records = UserRecords.EMPTY;
    private volatile boolean readable;
    private Session.Registration registration = () -> { };

    /** @param listener called after each change, on the thread that made it */
    UserAccounts(UserStore store, Consumer<UserRecords> listener) {
        this.store = store;
        this.listener = listener;
    }

    /** Reads the store; until then all users are refused. */
    synchronized void load() {
        try {
            registration.close();
            registration = store.addListener(this::publishRecords);
            publishRecords(readRecords());
        } catch (IOException e) {
            readable = false;
            LOG.error("{}: {}. Until this is remedied its users cannot log in, and it is left unchanged. Restore a good copy and restart, or run "
                    + "bin/catseye recover on this machine, which sets it aside and starts with the user admin.", store, SecretFile.why(e));
        }
    }

    private UserRecords readRecords() throws IOException {
        UserRecords loaded = store.load().orElse(UserRecords.EMPTY);
        RecordCheck.checkRecords(loaded);
        return loaded;
    }

    void removeListener() {
        registration.close();
    }

    /** False as long as it is unknown who may log in. */
    boolean isReadable() {
        return readable;
    }

    /** The current users and roles. */
    public UserRecords currentRecords() {
        return records;
    }

    /** Sets unreadable content aside and continues without users, for a person who asked for it on this machine. */
    synchronized void setAsideIfUnreadable() throws IOException {
        if (!readable) {
            store.setAside();
            publishRecords(UserRecords.EMPTY);
        }
    }

    /** Computes the new records, or refuses. */
    @FunctionalInterface
    public interface Change {
        UserRecords apply(UserRecords records) throws AccessException;
    }

    /**
     * Changes the users. When this returns, the change is durable and sessions have the new rights; when it throws, nothing changed.
     *
     * @throws AccessException what the change threw, or NOT_STORED
     */
    public void changeRecords(Change change) throws AccessException {
        try {
            storeChange(change);
        } catch (IOException e) {
            LOG.error("{} cannot be written, nothing was changed: {}", store, SecretFile.why(e));
            throw new AccessException(Reason.NOT_STORED,
                    "Nothing was changed, because it could not be stored: the disk is full or not writable.");
        }
    }

    synchronized void storeChange(Change change) throws IOException, AccessException {
        if (!readable) {
            throw new IOException("it is unreadable and is not overwritten");
        }
        UserRecords changed = change.apply(records);
        if (changed != records) {
            store.save(changed);
            publishRecords(changed);
        }
    }

    /** Called by the store as well, when the content has changed elsewhere. */
    private synchronized void publishRecords(UserRecords changed) {
        if (readable && changed.equals(records)) {
            return;
        }
        try {
            RecordCheck.checkRecords(changed);
            records = changed;
            readable = true;
        } catch (IOException e) {
            readable = false;
            LOG.error("{}: {}. Until this is remedied its users cannot log in.", store, e.getMessage());
        }
        listener.accept(records);
    }
}
