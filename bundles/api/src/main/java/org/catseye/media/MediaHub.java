package org.catseye.media;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The drives of one target. Registered as a service with the property {@code kvm.target} while the target has a drive. Thread-safe. It
 * checks no permissions and writes no audit log; its callers do.
 */
@ProviderType
public interface MediaHub {

    /**
     * The latest states, in the order of the drives' names. Never blocks. They are up to two seconds old for callers that ask regularly;
     * the first call after a pause may return older ones and starts a new reading.
     */
    List<DriveState> currentDrives();

    /** Reads the states from the drives. Blocks for four seconds at most. */
    List<DriveState> readDrives() throws InterruptedException;

    /**
     * Attaches an image. What is in the drive is ejected first, without force. Blocks for 40 s at most.
     *
     * @param drive the name of the drive
     * @param image the id or the name of an image of the library
     * @param readOnly ignored for {@link MediaKind#CDROM}, which is always read-only
     * @throws MediaException NOT_FOUND, UNSUPPORTED, LOCKED, IN_USE (an image that is written to can be attached only once), BUSY,
     *     UNAVAILABLE or FAILED
     */
    void attachImage(String drive, String image, MediaKind kind, boolean readOnly) throws MediaException, InterruptedException;

    /**
     * Ejects what is in a drive; without effect if nothing is. Blocks for 40 s at most.
     *
     * @param force whether to eject it even if the remote computer has locked the drive; the computer may lose data
     * @throws MediaException NOT_FOUND, LOCKED, BUSY, UNAVAILABLE or FAILED
     */
    void ejectImage(String drive, boolean force) throws MediaException, InterruptedException;
}
