package org.catseye.virtual.media;

import java.util.Optional;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.MediaDrive;
import org.catseye.testkit.MediaDriveContract;

public class VirtualDriveTest extends MediaDriveContract {

    /** The disk: what the CD drive has differently is tested with the machine. */
    private final VirtualDrive drive = new VirtualDrive(MediaKind.DISK, Optional.empty());

    @Override
    protected MediaDrive createDrive() {
        return drive;
    }

    @Override
    protected Optional<byte[]> readAsHost() throws Exception {
        return drive.readBytes();
    }

    @Override
    protected void writeAsHost(byte[] sector) throws Exception {
        drive.writeFirstSector(sector);
    }

    @Override
    protected void lockAsHost(boolean locked) {
        drive.setLocked(locked);
    }

    @Override
    protected void ejectAsHost() {
        drive.ejectMedium();
    }

    @Override
    protected void breakDevice() {
        drive.close();
    }
}
