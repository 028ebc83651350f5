package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catseye.targets.SelfCheck.Item;

/** The self-check: looks at the board, the gadget, the nodes and the target, in the order in which one would mend them. */
final class Inspection {

    private static final String UP = "Run \"sudo catseye-gadget up\" on the board.";

    private final Settings settings;
    private final Places places;
    private final Voice voice;
    private final ConfigFs configFs;
    private final Controllers controllers;

    Inspection(Settings settings, Places places, Voice voice) {
        this.settings = settings;
        this.places = places;
        this.voice = voice;
        this.configFs = new ConfigFs(places.gadgets().resolve(settings.gadget().name()));
        this.controllers = new Controllers(places.controllers());
    }

    /** @param watcher null if no hub uses the device */
    List<Item> items(Watcher watcher) {
        List<Item> items = new ArrayList<>();
        items.add(controller());
        items.add(gadget());
        settings.gadget().profile().functions().forEach(function -> items.add(node(function.role())));
        if (watcher != null) {
            items.add(target());
            items.add(lastReport(watcher.wire()));
            items.add(lastError(watcher.wire()));
        } else {
            items.add(Item.failed("Target", "No hub uses the USB keyboard.", "Start the bundle org.catseye.core.hid."));
        }
        return items;
    }

    private Item controller() {
        try {
            String name = controllers.choose(settings.controller());
            return Item.passed("USB device port", name + ", state \"" + Files.readString(controllers.stateFile(name)).strip() + "\"");
        } catch (IOException e) {
            return Item.failed("USB device port", e.getMessage(), "Use a board with a USB device port, and switch it on: docs/hardware.md.");
        }
    }

    private Item gadget() {
        try {
            Observed observed = configFs.observe();
            if (!observed.exists()) {
                return Item.failed("Gadget", "The gadget \"" + settings.gadget().name() + "\" is not set up.", UP);
            }
            String profile = settings.gadget().profile().word();
            List<Step> plan = Planner.plan(settings.gadget(), observed, controllers.choose(settings.controller()));
            return plan.isEmpty() ? Item.passed("Gadget", "Profile " + profile + ", bound to " + observed.controller() + ".")
                    : Item.failed("Gadget", "Not as the profile " + profile + " wants it; to do: "
                            + String.join(", ", plan.stream().map(Step::words).toList()) + ".", UP);
        } catch (IOException e) {
            return Item.failed("Gadget", e.getMessage(), UP);
        }
    }

    private Item node(Role role) {
        String name = "Device for the " + role.word();
        try {
            Path path = places.devices().resolve("hidg" + configFs.node(role));
            if (!Files.exists(path)) {
                return Item.failed(name, path + " is not there.", UP);
            }
            return Files.isReadable(path) && Files.isWritable(path) ? Item.passed(name, path + ", readable and writable.")
                    : Item.failed(name, path + " may not be read and written by this user.", UP);
        } catch (IOException e) {
            return Item.failed(name, "The gadget has no " + role.function() + ".", UP);
        }
    }

    private Item target() {
        return voice.isReady() ? Item.passed("Target", sentence(voice.reason()))
                : Item.failed("Target", sentence(voice.reason()), "See the items above; then look at the cable and at the target's power.");
    }

    private static Item lastReport(Wire wire) {
        return Item.passed("Last report", wire.reports() == 0 ? "None was taken yet."
                : wire.reports() + " were taken, the last " + wire.idleSeconds() + " s ago.");
    }

    private static Item lastError(Wire wire) {
        return Item.passed("Last error", wire.lastError().isEmpty() ? "None." : sentence(wire.lastError()));
    }

    private static String sentence(String words) {
        return words.isEmpty() ? "Not known yet." : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
