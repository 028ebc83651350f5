package org.catseye.virtual.scene;

/** Boot devices of the virtual computer. */
public enum BootDevice {
    CONSOLE("SSD 0: Catseye OS, text console", ""),
    DESKTOP("SSD 1: Catseye OS, desktop", ""),
    USB("USB: mass storage", ""),
    CDROM("USB: CD drive", ""),
    NETWORK("Network: PXE IPv4", "PXE-E61: Media test failure, check cable");

    private final String label;
    private final String failure;

    BootDevice(String label, String failure) {
        this.label = label;
        this.failure = failure;
    }

    public String label() {
        return label;
    }

    /** Why the device never boots; empty if it may. */
    public String failure() {
        return failure;
    }

    /** Whether the device is a drive, so that it depends on the medium whether it boots. */
    public boolean isDrive() {
        return this == USB || this == CDROM;
    }
}
