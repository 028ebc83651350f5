package org.catseye.access.spi;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.catseye.access.Session;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the users and roles of this device. It stores records and has no rules: access control decides who may change what, hashes passwords
 * and checks codes. Access control is the only caller, makes one call at a time, and never calls on a thread that must not block.
 * At most one store is used: the one with the highest service ranking. While there is none, users of the device can't log in.
 *
 * <p>{@code toString} names the place for log lines, such as the path of a file.
 */
@ConsumerType
public interface UserStore {

    /**
     * Reads everything. Blocks.
     *
     * @return empty if nothing has been saved yet, which means that the device has no owner
     * @throws IOException if the content can't be read; the message names the fault and contains no content. All users are then refused, and
     *         the content stays as it is
     */
    Optional<UserRecords> load() throws IOException;

    /**
     * Replaces everything. When this returns, the records survive a power cut; when it throws, the old ones are unchanged. Blocks.
     *
     * @throws IOException if the records can't be stored
     */
    void save(UserRecords records) throws IOException;

    /**
     * Sets aside content that {@link #load} can't read, for a person who asked for it on the machine. After that, {@code load} returns empty.
     * Does nothing if there is no content.
     */
    void setAside() throws IOException;

    /**
     * Calls {@code listener} with the new records after each change: after each {@link #save}, on its thread before it returns, and after a
     * change from elsewhere, on any thread. The listener ends what the change no longer allows.
     *
     * @return close it to remove the listener
     */
    Session.Registration addListener(Consumer<UserRecords> listener);
}
