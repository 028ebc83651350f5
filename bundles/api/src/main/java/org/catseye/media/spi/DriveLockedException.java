package org.catseye.media.spi;

import java.io.IOException;

/** The remote computer has locked the drive (SCSI PREVENT ALLOW MEDIUM REMOVAL); only ejecting by force is possible. */
public final class DriveLockedException extends IOException {

    private static final long serialVersionUID = 1;

    public DriveLockedException() {
        super("The remote computer has locked the drive.");
    }
}
