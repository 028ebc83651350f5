package org.catseye.hid.gadget.descriptor;

import java.util.ArrayList;
import java.util.List;

/**
 * The drives that the remote computer sees. The root helper creates one mass storage function for each set, because only root can add
 * a drive to a function. At most one of them is in the configuration.
 */
public enum DriveSet {
    NONE("none", ""),
    CD("cd", "cd", Drive.CD),
    DISK("disk", "disk", Drive.DISK),
    BOTH("cd-and-disk", "drives", Drive.CD, Drive.DISK);

    /** One endpoint in each direction. */
    private static final int FUNCTION_ENDPOINTS = 2;
    private static final int VERSION_STEP = 0x0100;

    private final String configValue;
    private final String linkName;
    private final List<Drive> drives;

    DriveSet(String configValue, String linkName, Drive... drives) {
        this.configValue = configValue;
        this.linkName = linkName;
        this.drives = List.of(drives);
    }

    /** The name in the configuration and on the helper's command line. */
    public String configValue() {
        return configValue;
    }

    /** In the order of the logical units. */
    public List<Drive> drives() {
        return drives;
    }

    /** The function's folder in configfs, such as {@code mass_storage.cd}. Not for {@link #NONE}. */
    public String functionName() {
        return "mass_storage." + linkName;
    }

    /** The folder of a drive, relative to the gadget's folder. */
    public String unitFolder(Drive drive) {
        return "functions/" + functionName() + "/lun." + drives.indexOf(drive);
    }

    /** The end of the name of its link in the configuration, such as {@code cd} in {@code 5.cd}. */
    public String linkName() {
        return linkName;
    }

    public int endpointCount() {
        return this == NONE ? 0 : FUNCTION_ENDPOINTS;
    }

    /** Added to the version of the profile, because Windows remembers a device's functions by its version. */
    int versionOffset() {
        return ordinal() * VERSION_STEP;
    }

    /** Folders that the root helper creates. */
    public List<String> requiredFolders() {
        List<String> folders = new ArrayList<>();
        if (this != NONE) {
            folders.add("functions/" + functionName());
            drives.forEach(drive -> folders.add(unitFolder(drive)));
        }
        return folders;
    }

    /** Unchanging files, which the root helper writes. What is in a drive is not part of the declaration. */
    public List<Attribute> declareAttributes() {
        List<Attribute> all = new ArrayList<>();
        if (this != NONE) {
            // Some controllers cannot stall a bulk endpoint, and some hosts reset the whole device after a stall.
            all.add(Attribute.decimalNumber("functions/" + functionName() + "/stall", 0));
            drives.forEach(drive -> all.addAll(drive.declareAttributes(unitFolder(drive) + "/")));
        }
        return all;
    }
}
