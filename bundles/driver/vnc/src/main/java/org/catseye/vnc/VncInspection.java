package org.catseye.vnc;

import java.util.ArrayList;
import java.util.List;
import org.catseye.rfb.client.RfbClient;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.vnc.link.LinkState;

/** The self-check of a VNC server: its configuration, the connection, and what the server can do. */
final class VncInspection {

    private VncInspection() {
    }

    static List<Item> inspectAll(VncSettings settings, LinkState state) {
        List<Item> items = new ArrayList<>();
        items.add(Item.passed("Settings", "All values can be used."));
        switch (state.condition()) {
            case FAILED -> items.add(Item.failed("Connection", state.reason(), "Check that the server is running, and its address, password and TLS settings."));
            case CONNECTED -> {
                RfbClient client = state.client().orElseThrow();
                items.add(Item.passed("Connection", state.reason() + " " + client.security() + "."));
                items.add(inspectKeyboard(settings, client));
            }
            default -> items.add(Item.passed("Connection", state.reason()));
        }
        return items;
    }

    private static Item inspectKeyboard(VncSettings settings, RfbClient client) {
        if (settings.viewOnly()) {
            return Item.passed("Keyboard", "Viewing only: neither keys nor pointer movements are sent.");
        }
        return Item.passed("Keyboard", client.state().extendedKeys() ? "The server gets scan codes; its own keyboard layout applies."
            : "The server gets the symbols of a US keyboard, because it does not understand scan codes.");
    }
}
