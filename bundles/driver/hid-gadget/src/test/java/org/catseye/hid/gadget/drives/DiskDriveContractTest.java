package org.catseye.hid.gadget.drives;

import org.catseye.hid.gadget.descriptor.Drive;

/** The contract for the disk, with the kernel's rules in memory; the rig runs it against a real kernel. */
public class DiskDriveContractTest extends FakeUnitContract {

    public DiskDriveContractTest() {
        super(Drive.DISK);
    }
}
