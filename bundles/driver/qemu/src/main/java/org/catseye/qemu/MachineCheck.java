package org.catseye.qemu;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catseye.qemu.machine.RunState;
import org.catseye.targets.SelfCheck.Item;

/** The findings about a virtual machine for the troubleshooting page. */
final class MachineCheck {

    private static final Duration LIMIT = Duration.ofMillis(800);

    private MachineCheck() {
    }

    static List<Item> checkMachine(Machine machine) {
        List<Item> items = new ArrayList<>();
        Optional<String> problem = machine.client().currentProblem();
        if (problem.isPresent()) {
            items.add(Item.failed("Connection", problem.get(), "Start the virtual machine with a QMP socket for Catseye, as docs/qemu.md describes."));
            return items;
        }
        items.add(Item.passed("Connection", "QEMU " + machine.client().version() + " answers."));
        items.add(checkState(machine));
        items.add(checkDrives(machine));
        return items;
    }

    private static Item checkState(Machine machine) {
        String name = "Virtual machine";
        try {
            RunState state = machine.power().readRunState(LIMIT);
            String text = state.description() + machine.latestEvent().map(event -> " Latest event: " + event.description()).orElse("");
            return switch (state) {
                case RUNNING, SUSPENDED, OFF, PAUSED, MIGRATING, OTHER -> Item.passed(name, text);
                case PANICKED, WATCHDOG, DISK_ERROR, INTERNAL_ERROR -> Item.failed(name, text, "Look at its picture and at the log of QEMU.");
            };
        } catch (IOException e) {
            return Item.failed(name, e.getMessage(), "Look at the log of QEMU.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Item.failed(name, "The check was interrupted.", "Try again.");
        }
    }

    private static Item checkDrives(Machine machine) {
        String name = "Drives";
        if (machine.knownDrives().isEmpty()) {
            return Item.failed(name, "It has no CD drive and no USB controller for a disk.",
                    "Start QEMU with -device qemu-xhci for disks, and with -device virtio-scsi-pci -device scsi-cd for a CD drive.");
        }
        return Item.passed(name, machine.knownDrives().stream().map(drive -> drive.name() + " (" + drive.label() + ")").collect(Collectors.joining(", ")) + ".");
    }
}
