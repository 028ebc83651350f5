package org.catseye.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a virtual machine.
 *
 * @param description one sentence
 */
record MachineEvent(String description, Instant time) {

    private static final Map<String, String> BY_NAME = Map.of(
            "POWERDOWN", "The power button of the virtual machine was pressed.",
            "STOP", "The virtual machine was paused.",
            "RESUME", "The virtual machine runs.",
            "SUSPEND", "The virtual machine went to sleep.",
            "WAKEUP", "The virtual machine woke up.",
            "WATCHDOG", "The watchdog of the virtual machine has noticed that its operating system hangs.",
            "GUEST_PANICKED", "The operating system of the virtual machine has crashed.");

    /** @return empty if users need not learn of it */
    static Optional<MachineEvent> findByName(String event, JsonNode data) {
        String text = switch (event) {
            case "RESET" -> data.path("guest").asBoolean() ? "The virtual machine has restarted." : "The virtual machine was reset.";
            case "SHUTDOWN" -> data.path("guest").asBoolean() ? "The virtual machine has switched itself off." : "The virtual machine was switched off.";
            default -> BY_NAME.get(event);
        };
        return Optional.ofNullable(text).map(known -> new MachineEvent(known, Instant.now()));
    }
}
