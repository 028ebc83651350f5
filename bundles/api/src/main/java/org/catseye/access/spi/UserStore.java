package org.catseye.access.spi;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.catseye.access.Session;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Stores the users and roles of this device. A store applies no rules: access control decides which changes are allowed, hashes
 * passwords and checks codes. Access control is the only caller. It makes one call at a time and never calls on a thread that
 * must not block.
 *
 * <p>Only one store is used: the one with the highest service ranking. Without a store, users of the device can't log in.
 *
 * <p>{@code toString} returns the location for log lines, such as a file path.
 */
@ConsumerType
public interface UserStore {

    /**
     * Reads all users and roles. Blocks.
     *
     * @return empty if nothing has been saved yet, which means that the device has no owner
     * @throws IOException if the content can't be read; the message names the problem but contains none of the content. All users
     *     are then refused, and the content stays unchanged
     */
    Optional<UserRecords> load() throws IOException;

    /**
     * Replaces all users and roles. When this method returns, the records survive a power cut. If it throws, the old records are
     * unchanged. Blocks.
     *
     * @param records the complete new content
     * @throws IOException if the records can't be stored
     */
    void save(UserRecords records) throws IOException;

    /**
     * Moves content that {@link #load} can't read out of the way, after an administrator on the machine has requested it. After
     * that, {@code load} returns empty. Does nothing if there is no content. Blocks.
     *
     * @throws IOException if the content can't be moved
     */
    void setAside() throws IOException;

    /**
     * Adds a listener that receives the new records after each change. After {@link #save} it is called on the same thread,
     * before {@code save} returns. After a change from another source it is called on any thread. The listener ends sessions and
     * connections that the change no longer allows.
     *
     * @param listener called with the complete new records
     * @return close it to remove the listener
     */
    Session.Registration addListener(Consumer<UserRecords> listener);
}
