package org.catseye.hid.gadget.drives;

import org.catseye.hid.gadget.descriptor.Drive;

/** The contract for the CD drive, with the kernel's rules in memory; the rig runs it against a real kernel. */
public class CdDriveContractTest extends FakeUnitContract {

    public CdDriveContractTest() {
        super(Drive.CD);
    }
}
