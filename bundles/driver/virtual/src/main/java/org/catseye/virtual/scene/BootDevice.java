package org.catseye.virtual.scene;

/** What the pretend computer can try to boot from. */
public enum BootDevice {
    CONSOLE("SSD 0: Catseye OS, text console", ""),
    DESKTOP("SSD 1: Catseye OS, desktop", ""),
    USB("USB: mass storage", "No medium present"),
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

    /** Why nothing boots from it; empty if something does. */
    public String failure() {
        return failure;
    }
}
