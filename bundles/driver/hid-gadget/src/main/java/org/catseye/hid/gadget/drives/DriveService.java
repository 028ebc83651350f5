package org.catseye.hid.gadget.drives;

import java.nio.file.Path;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.media.spi.MediaDrive;

/** A drive with the thread that it uses. */
public final class DriveService implements AutoCloseable {

    private static final long LOCK_PATIENCE_MILLIS = 2000;

    private final BoundedCalls calls;
    private final UsbDrive drive;

    /** @param gadget the gadget's folder in configfs */
    public DriveService(Path gadget, DriveSet drives, Drive drive, String threadName) {
        this.calls = new BoundedCalls(threadName);
        this.drive = new UsbDrive(drive, new UnitFiles(gadget, drives, drive), calls, LOCK_PATIENCE_MILLIS);
    }

    public MediaDrive drive() {
        return drive;
    }

    /** The medium stays in the drive. Does not wait for a call that is in progress. */
    @Override
    public void close() {
        calls.close();
    }
}
