package org.catseye.web.redfish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.http.RedfishError;
import org.catseye.web.redfish.route.RedfishException;

/**
 * What the computer boots from. Clients require the properties, but this device cannot choose: it is connected to the computer's plugs, and not to
 * its firmware.
 */
final class BootOverride {

    private static final String BOOT = "Boot";
    private static final String ENABLED = "BootSourceOverrideEnabled";
    private static final String DISABLED = "Disabled";
    private static final String SOURCE = "BootSourceOverrideTarget";
    private static final String NONE = "None";
    /** All properties of the systems that are served here. */
    private static final Set<String> PROPERTIES = Set.of("Id", "Name", "Description", "SystemType", "PowerState", "Status", BOOT, "VirtualMedia", "Links", "Actions");
    private static final String EXPLANATION = "Catseye cannot choose what the computer boots from. Choose it in the boot menu of the computer's firmware, "
            + "with its keyboard, or let the firmware try the virtual drive first.";

    private BootOverride() {
    }

    static void writeBoot(ObjectNode system) {
        system.putObject(BOOT).put(ENABLED, DISABLED).put(SOURCE, NONE).putArray(SOURCE + "@Redfish.AllowableValues").add(NONE);
    }

    /** Accepts what is set already. */
    static void refuseChanges(ObjectNode body) throws RedfishException {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!field.getKey().equals(BOOT)) {
                throw refuseProperty(field.getKey());
            }
            if (!(field.getValue() instanceof ObjectNode boot)) {
                throw new RedfishException(400, new RedfishError("PropertyValueTypeError", "The property Boot has to be an object.", List.of("?", BOOT), "#/" + BOOT,
                        "Correct the value."));
            }
            refuseBoot(boot);
        }
    }

    private static void refuseBoot(ObjectNode boot) throws RedfishException {
        for (Map.Entry<String, JsonNode> field : boot.properties()) {
            String value = field.getValue().asText();
            boolean set = field.getKey().equals(ENABLED) && value.equals(DISABLED) || field.getKey().equals(SOURCE) && value.equals(NONE);
            if (!set) {
                throw refuseAsReadOnly(BOOT + "/" + field.getKey(), EXPLANATION);
            }
        }
    }

    private static RedfishException refuseProperty(String name) {
        if (PROPERTIES.contains(name) || name.startsWith("@")) {
            return refuseAsReadOnly(name, "The property " + name + " is a read-only property and cannot be assigned a value.");
        }
        return new RedfishException(400, new RedfishError("PropertyUnknown", "One of the properties is not in the list of valid properties for the resource.",
                List.of("unknown"), "", "Leave the property out."));
    }

    private static RedfishException refuseAsReadOnly(String path, String message) {
        return new RedfishException(400, new RedfishError("PropertyNotWritable", message, List.of(path.substring(path.lastIndexOf('/') + 1)), "#/" + path,
                "Leave the property out."));
    }
}
