package org.catseye.hid.gadget.configfs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.hid.gadget.descriptor.Attribute;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Gadget.Link;

/**
 * A gadget as configfs currently contains it.
 *
 * @param exists whether the gadget's folder exists
 * @param folders relative paths of all folders below it
 * @param files content by relative path; a file that cannot be read has no bytes
 * @param links links of the configuration, in no particular order
 * @param controller the controller that the gadget is bound to; empty if it is not bound
 */
public record ObservedGadget(boolean exists, Set<String> folders, Map<String, byte[]> files, List<Link> links, String controller) {

    static final ObservedGadget ABSENT = new ObservedGadget(false, Set.of(), Map.of(), List.of(), "");

    public ObservedGadget {
        folders = Set.copyOf(folders);
        files = Map.copyOf(files);
        links = List.copyOf(links);
    }

    /** Whether the attribute has its declared value, or is optional and this kernel lacks it. */
    boolean hasAttribute(Attribute attribute) {
        byte[] content = files.get(attribute.path());
        if (content != null) {
            return attribute.matchesContent(content);
        }
        return attribute.optional() && folders.contains(attribute.parentFolder());
    }

    /** Links that other software created, such as one for mass storage. */
    List<Link> foreignLinks() {
        return links.stream().filter(link -> !link.isManaged()).toList();
    }

    /** Whether the root helper has set up these drives. */
    boolean hasDrives(DriveSet drives) {
        return folders.containsAll(drives.requiredFolders()) && drives.declareAttributes().stream().allMatch(this::hasAttribute);
    }

    /**
     * The declared gadget, without its drives if they are not set up or the controller has too few endpoints for them: a missing drive
     * must not stop the keyboard.
     */
    Gadget dropUnusableDrives(Gadget declared) {
        boolean usable = hasDrives(declared.drives()) && countForeignEndpoints() + declared.requiredEndpoints() <= declared.endpointCount();
        return usable ? declared : declared.withoutDrives();
    }

    /** Endpoints of the functions that other software added. */
    int countForeignEndpoints() {
        return foreignLinks().stream().mapToInt(link -> countEndpoints(link.functionName())).sum();
    }

    /** Endpoints that a function of the kernel uses, without the control endpoint. */
    private static int countEndpoints(String functionName) {
        return switch (functionName.substring(0, Math.max(0, functionName.indexOf('.')))) {
            case "hid", "mass_storage", "uac1", "uac2", "uvc" -> 2;
            default -> 3;
        };
    }

    boolean canWakeHost() {
        return files.containsKey(Gadget.WAKEUP_FILE);
    }
}
