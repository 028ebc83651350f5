package org.catseye.qemu.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.Medium;

/**
 * A device of a virtual machine that has or takes a medium, as QEMU describes it.
 *
 * @param name from the option -drive; may be empty
 * @param qdev the id of the device or its path in QEMU's object tree; may be empty
 * @param removable whether it has a tray
 * @param trayOpen whether the tray is open
 * @param locked whether the guest has locked it
 * @param node what is in it; empty if nothing is
 */
record BlockDevice(String name, String qdev, boolean removable, boolean trayOpen, boolean locked, Optional<Node> node) {

    /** An image that QEMU has open. @param name of the node @param file as QEMU names it */
    record Node(String name, String file, boolean readOnly) {

        /** As a medium. An image that is no file of this computer keeps its name. */
        Medium toMedium(MediaKind kind) {
            return new Medium(toPath(file), kind, readOnly);
        }

        private static Path toPath(String file) {
            try {
                Path path = Path.of(file);
                return path.isAbsolute() ? path : Path.of("/").resolve(path.getFileName());
            } catch (InvalidPathException e) {
                return Path.of("/medium");
            }
        }
    }

    /** @param entry an element of the answer to query-block */
    static BlockDevice parseEntry(JsonNode entry) {
        JsonNode inserted = entry.path("inserted");
        Optional<Node> node = inserted.isObject()
                ? Optional.of(new Node(inserted.path("node-name").asText(), inserted.path("file").asText(), inserted.path("ro").asBoolean())) : Optional.empty();
        return new BlockDevice(entry.path("device").asText(), entry.path("qdev").asText(), entry.path("removable").asBoolean() && entry.has("tray_open"),
                entry.path("tray_open").asBoolean(), entry.path("locked").asBoolean(), node);
    }

    /** What the guest sees in it; empty if nothing. */
    Optional<Node> visibleNode() {
        return trayOpen ? Optional.empty() : node;
    }

    /** Whether a user means it with this text. */
    boolean isNamed(String text) {
        return !text.isEmpty() && (text.equals(name) || text.equals(qdev));
    }
}
