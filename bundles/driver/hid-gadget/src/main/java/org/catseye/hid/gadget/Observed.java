package org.catseye.hid.gadget;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.hid.gadget.Gadget.Link;

/**
 * A gadget as configfs holds it.
 *
 * @param exists whether its folder is there
 * @param folders all folders below it, as paths
 * @param files content by path; a file that may not be read has no bytes
 * @param links of the configuration, in no order
 * @param controller that it is bound to; empty if to none
 */
record Observed(boolean exists, Set<String> folders, Map<String, byte[]> files, List<Link> links, String controller) {

    static final Observed NOTHING = new Observed(false, Set.of(), Map.of(), List.of(), "");

    Observed {
        folders = Set.copyOf(folders);
        files = Map.copyOf(files);
        links = List.copyOf(links);
    }

    boolean holds(Attribute attribute) {
        byte[] found = files.get(attribute.path());
        if (found != null) {
            return attribute.sameAs(found);
        }
        return attribute.optional() && folders.contains(attribute.folder());
    }

    /** Links that are not of our making, such as a mass storage's. */
    List<Link> others() {
        return links.stream().filter(link -> !link.ours()).toList();
    }

    boolean wakes() {
        return files.containsKey(Gadget.wakeFile());
    }
}
