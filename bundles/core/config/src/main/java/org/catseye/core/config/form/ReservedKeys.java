package org.catseye.core.config.form;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.catseye.config.BadValueException;

/**
 * Keys that control the framework rather than a component. With them, a configuration could detach a component from its users or
 * substitute it for another one. No form of ours contains such a key, but a manually written request can.
 */
final class ReservedKeys {

    private static final String OURS = "org.catseye.";
    private static final List<String> BEGINNINGS = List.of("osgi.", "felix.", "component.", "org.osgi.", "org.apache.");
    private static final List<String> ENDS = List.of(".target", ".cardinality.minimum");
    private static final Set<String> SETTINGS = Set.of("kvm.target");

    private ReservedKeys() {
    }

    /** @throws BadValueException for the first key that a form may not set */
    static void checkKeys(String pid, Collection<String> keys) throws BadValueException {
        for (String key : new TreeSet<>(keys)) {
            if (pid.startsWith(OURS) && isReserved(key)) {
                throw new BadValueException(pid, key, "...", "left out: it is an order to the framework and may keep you out. If need be, write it into the file");
            }
        }
    }

    private static boolean isReserved(String key) {
        return !SETTINGS.contains(key) && (key.equals("service.ranking") || BEGINNINGS.stream().anyMatch(key::startsWith) || ENDS.stream().anyMatch(key::endsWith));
    }
}
