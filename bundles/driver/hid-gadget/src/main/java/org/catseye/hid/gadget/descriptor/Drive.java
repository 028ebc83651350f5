package org.catseye.hid.gadget.descriptor;

import java.util.ArrayList;
import java.util.List;
import org.catseye.media.MediaKind;

/** A drive of the USB device: a logical unit of the kernel's mass storage function. */
public enum Drive {
    CD("cd", "CD drive", MediaKind.CDROM, "CD drive"),
    DISK("disk", "USB disk", MediaKind.DISK, "Disk");

    private final String driveName;
    private final String label;
    private final MediaKind kind;
    private final String productName;

    Drive(String driveName, String label, MediaKind kind, String productName) {
        this.driveName = driveName;
        this.label = label;
        this.kind = kind;
        this.productName = productName;
    }

    /** The drive's name in the API. */
    public String driveName() {
        return driveName;
    }

    /** The drive's name in lists. */
    public String label() {
        return label;
    }

    public MediaKind kind() {
        return kind;
    }

    /** The unit's unchanging files. @param folder the unit's folder, with a slash at the end */
    List<Attribute> declareAttributes(String folder) {
        // Vendor, product and revision in 8, 16 and 4 characters (SCSI INQUIRY).
        String inquiry = String.format("%-8s%-16s%-4s", "Catseye", productName, "0100");
        boolean disk = kind == MediaKind.DISK;
        List<Attribute> all = new ArrayList<>(List.of(
                Attribute.decimalNumber(folder + "removable", 1),
                Attribute.decimalNumber(folder + "cdrom", disk ? 0 : 1),
                // Whether to ignore Force Unit Access, which makes each write wait for the storage. SYNCHRONIZE CACHE still works.
                Attribute.decimalNumber(folder + "nofua", disk ? 1 : 0),
                Attribute.textValue(folder + "inquiry_string", inquiry)));
        if (!disk) {
            // Newer kernels have a text of its own for CD drives.
            all.add(Attribute.textValue(folder + "inquiry_string_cdrom", inquiry).asOptional());
        }
        return all;
    }
}
