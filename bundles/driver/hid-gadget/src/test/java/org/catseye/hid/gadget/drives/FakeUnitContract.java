package org.catseye.hid.gadget.drives;

import java.io.IOException;
import java.util.Optional;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.fake.FakeUnit;
import org.catseye.media.spi.MediaDrive;
import org.catseye.testkit.MediaDriveContract;
import org.junit.After;

abstract class FakeUnitContract extends MediaDriveContract {

    private static final long LOCK_PATIENCE_MILLIS = 20;

    private final Drive drive;
    private final FakeUnit unit;
    private final BoundedCalls calls = new BoundedCalls("usb-drive-contract");

    FakeUnitContract(Drive drive) {
        this.drive = drive;
        this.unit = new FakeUnit(drive == Drive.CD);
    }

    @Override
    protected MediaDrive createDrive() {
        return new UsbDrive(drive, unit, calls, LOCK_PATIENCE_MILLIS);
    }

    @Override
    protected Optional<byte[]> readAsHost() throws IOException {
        return unit.readAsHost();
    }

    @Override
    protected void writeAsHost(byte[] sector) throws IOException {
        unit.writeAsHost(sector);
    }

    @Override
    protected void lockAsHost(boolean locked) {
        unit.lockAsHost(locked);
    }

    @Override
    protected void ejectAsHost() {
        unit.ejectAsHost();
    }

    @Override
    protected void breakDevice() {
        unit.remove();
    }

    @After
    public void closeCalls() {
        calls.close();
    }
}
