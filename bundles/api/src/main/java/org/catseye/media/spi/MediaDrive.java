package org.catseye.media.spi;

import java.io.IOException;
import java.util.Set;
import org.catseye.media.MediaKind;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A drive of a remote computer, into which images of CDs or disks are put. Service properties: {@code kvm.target}, {@value #NAME},
 * {@code kvm.label} and {@code service.ranking}; of several drives of a target with one name, the one with the highest ranking is used.
 * Thread-safe: the hub reads the drive while it inserts a medium, but never inserts or ejects two at the same time.
 */
@ConsumerType
public interface MediaDrive {

    /** Service property, a String that matches {@link #NAME_PATTERN}: the name of the drive, unique for the target. */
    String NAME = "kvm.drive";
    String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,31}";

    /** What can be inserted. Never blocks. */
    Set<MediaKind> supportedKinds();

    /** Whether the remote computer can write to a disk. Never blocks. */
    boolean supportsWriting();

    /**
     * Reads what is in the drive: the remote computer may have ejected it. The hub calls this regularly while somebody is interested. May
     * block for up to 3 s.
     *
     * @throws IOException if the drive cannot be used at the moment, or its configuration is wrong; the message is for the user
     */
    DriveReading readDrive() throws IOException;

    /**
     * Inserts a medium. The drive is empty, as far as the hub knows. Returns when the remote computer can see it. May block for up to 15 s.
     *
     * @param medium of a supported kind; its file is open for reading, and for writing unless it is read-only, by this process
     * @throws DriveLockedException if there is another medium and the remote computer has locked the drive
     * @throws IOException if it fails; the drive is empty or as before. The message is for the user
     */
    void insertMedium(Medium medium) throws IOException, InterruptedException;

    /**
     * Ejects the medium; without effect if there is none. When this returns, the file is closed. May block for up to 15 s.
     *
     * @param force whether to eject it even if the remote computer has locked the drive
     * @throws DriveLockedException if the remote computer has locked the drive
     * @throws IOException if it fails; the message is for the user
     */
    void ejectMedium(boolean force) throws IOException, InterruptedException;
}
