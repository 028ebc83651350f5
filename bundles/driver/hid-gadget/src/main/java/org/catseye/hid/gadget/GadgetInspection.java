package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catseye.hid.gadget.configfs.ConfigFs;
import org.catseye.hid.gadget.configfs.ObservedGadget;
import org.catseye.hid.gadget.configfs.Planner;
import org.catseye.hid.gadget.configfs.Step;
import org.catseye.hid.gadget.connection.ConnectionWatcher;
import org.catseye.hid.gadget.connection.ReportSender;
import org.catseye.hid.gadget.connection.StatusNotifier;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.drives.UnitFiles;
import org.catseye.hid.gadget.udc.Controllers;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.catseye.targets.SelfCheck.Item;

/** The self-check: examines the board, the gadget, its nodes and the remote computer, in the order in which faults are fixed. */
final class GadgetInspection {

    private static final String RUN_HELPER = "Run \"sudo catseye-gadget up\" on the board.";
    private static final String REMOTE_COMPUTER = "Remote computer";

    private final GadgetSettings settings;
    private final SystemPaths paths;
    private final StatusNotifier notifier;
    private final ConfigFs configFs;
    private final Controllers controllers;

    GadgetInspection(GadgetSettings settings, SystemPaths paths, StatusNotifier notifier) {
        this.settings = settings;
        this.paths = paths;
        this.notifier = notifier;
        this.configFs = new ConfigFs(paths.gadgetRoot().resolve(settings.gadget().name()));
        this.controllers = new Controllers(paths);
    }

    /** @param watcher null if no hub uses the device */
    List<Item> inspectAll(ConnectionWatcher watcher) {
        List<Item> items = new ArrayList<>();
        items.add(inspectController());
        items.add(inspectGadget());
        settings.gadget().profile().functions().forEach(function -> items.add(inspectNode(function.role())));
        settings.gadget().drives().drives().forEach(drive -> items.add(inspectDrive(drive)));
        if (watcher != null) {
            items.add(inspectRemoteComputer());
            items.add(describeLastReport(watcher.reportSender()));
            items.add(describeLastError(watcher.reportSender()));
        } else {
            items.add(Item.failed(REMOTE_COMPUTER, "No hub uses the USB keyboard.", "Start the bundle org.catseye.core.hid."));
        }
        return items;
    }

    private Item inspectController() {
        String name = "USB device port";
        try {
            String controller = controllers.chooseController(settings.controller());
            String state = Files.readString(controllers.stateFile(controller)).strip();
            return Item.passed(name, controller + ", state \"" + state + "\"");
        } catch (IOException e) {
            return Item.failed(name, e.getMessage(), "Use a board with a USB device port, and enable the port: docs/hardware.md.");
        }
    }

    private Item inspectGadget() {
        String name = "Gadget";
        try {
            ObservedGadget observed = configFs.observeGadget();
            if (!observed.exists()) {
                return Item.failed(name, "The gadget \"" + settings.gadget().name() + "\" is not set up.", RUN_HELPER);
            }
            String profile = settings.gadget().profile().configValue();
            String controller = controllers.chooseController(settings.controller());
            List<Step> plan = Planner.planSteps(settings.gadget(), observed, controller);
            // A controller with few endpoints has no drives. They have items of their own.
            boolean matches = plan.isEmpty() || Planner.planSteps(settings.gadget().withoutDrives(), observed, controller).isEmpty();
            return matches ? Item.passed(name, "Profile " + profile + ", bound to " + observed.controller() + ".")
                    : Item.failed(name, "The gadget differs from the profile " + profile + ". Steps to correct it: "
                            + String.join(", ", plan.stream().map(Step::describeStep).toList()) + ".", RUN_HELPER);
        } catch (IOException e) {
            return Item.failed(name, e.getMessage(), RUN_HELPER);
        }
    }

    private Item inspectNode(Role role) {
        String name = "Device for the " + role.roleName();
        try {
            Path path = paths.deviceNode(configFs.nodeNumber(role));
            if (!Files.exists(path)) {
                return Item.failed(name, path + " does not exist.", RUN_HELPER);
            }
            return Files.isReadable(path) && Files.isWritable(path) ? Item.passed(name, path + ", readable and writable.")
                    : Item.failed(name, "This user may not read and write " + path + ".", RUN_HELPER);
        } catch (IOException e) {
            return Item.failed(name, "The gadget has no function " + role.functionName() + ".", RUN_HELPER);
        }
    }

    private Item inspectDrive(Drive drive) {
        UnitFiles unit = new UnitFiles(paths.gadgetRoot().resolve(settings.gadget().name()), settings.gadget().drives(), drive);
        try {
            unit.requireUsable();
            return Item.passed(drive.label(), "Ready for images.");
        } catch (IOException e) {
            return Item.failed(drive.label(), e.getMessage(), RUN_HELPER);
        }
    }

    private Item inspectRemoteComputer() {
        String description = toSentence(notifier.currentReason());
        return notifier.isReady() ? Item.passed(REMOTE_COMPUTER, description)
                : Item.failed(REMOTE_COMPUTER, description,
                        "Fix the items above first. Then check the cable, and whether the remote computer is on.");
    }

    private static Item describeLastReport(ReportSender sender) {
        return Item.passed("Last report", sender.sentReports() == 0 ? "No report has been sent yet."
                : sender.sentReports() + " reports sent, the last one " + sender.secondsSinceLastReport() + " s ago.");
    }

    private static Item describeLastError(ReportSender sender) {
        return Item.passed("Last error", sender.lastError().isEmpty() ? "None." : toSentence(sender.lastError()));
    }

    private static String toSentence(String reason) {
        return reason.isEmpty() ? "Not checked yet." : Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
    }
}
