package org.catseye.vnc.input;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.rfb.client.RfbClient;
import org.catseye.rfb.client.ServerState;
import org.catseye.rfb.keys.Keysyms;
import org.catseye.rfb.keys.ScanCodes;

/**
 * Turns the states of a keyboard into presses and releases, for one connection. A server that understands scan codes gets them, so that
 * the layout is the guest's business; others get key symbols of a US keyboard. Not thread-safe.
 */
final class KeyboardTranslator {

    private static final int FIRST_MODIFIER = 0xe0;
    private static final int SHIFT = 0x22;
    private static final int ROLL_OVER = 3;

    private final RfbClient client;
    /** The pressed keys and how each was pressed: a key is released with the symbol with which it was pressed. */
    private final Map<Key, Press> pressed = new LinkedHashMap<>();

    private enum Page { KEYBOARD, CONSUMER, SYSTEM }

    private record Key(Page page, int usage) {
    }

    /** What the server got: 0 for what is unknown. */
    private record Press(boolean byScanCode, int keysym, int scanCode) {
    }

    KeyboardTranslator(RfbClient client) {
        this.client = client;
    }

    void sendReport(KeyboardReport report) throws IOException {
        Set<Key> now = new LinkedHashSet<>();
        for (int bit = 0; bit < 8; bit++) {
            if ((report.modifiers() >> bit & 1) != 0) {
                now.add(new Key(Page.KEYBOARD, FIRST_MODIFIER + bit));
            }
        }
        report.keys().stream().filter(usage -> usage > ROLL_OVER).forEach(usage -> now.add(new Key(Page.KEYBOARD, usage)));
        changeKeys(Page.KEYBOARD, now, (report.modifiers() & SHIFT) != 0);
    }

    void sendConsumerUsage(int usage) throws IOException {
        changeKeys(Page.CONSUMER, usage == 0 ? Set.of() : Set.of(new Key(Page.CONSUMER, usage)), false);
    }

    void sendSystemUsage(int usage) throws IOException {
        changeKeys(Page.SYSTEM, usage == 0 ? Set.of() : Set.of(new Key(Page.SYSTEM, usage)), false);
    }

    private void changeKeys(Page page, Set<Key> now, boolean shift) throws IOException {
        for (Key key : Set.copyOf(pressed.keySet())) {
            if (key.page() == page && !now.contains(key)) {
                sendPress(pressed.get(key), false);
                pressed.remove(key);
            }
        }
        for (Key key : now) {
            if (!pressed.containsKey(key)) {
                Press press = findPress(key, shift);
                sendPress(press, true);
                pressed.put(key, press);
            }
        }
    }

    private Press findPress(Key key, boolean shift) {
        ServerState state = client.state();
        OptionalInt keysym = switch (key.page()) {
            case KEYBOARD -> Keysyms.findKeysym(key.usage(), shift, state.leds());
            case CONSUMER -> Keysyms.findConsumerKeysym(key.usage());
            case SYSTEM -> Keysyms.findSystemKeysym(key.usage());
        };
        OptionalInt code = switch (key.page()) {
            case KEYBOARD -> ScanCodes.findKeyCode(key.usage());
            case CONSUMER -> ScanCodes.findConsumerCode(key.usage());
            case SYSTEM -> ScanCodes.findSystemCode(key.usage());
        };
        return new Press(state.extendedKeys() && code.isPresent(), keysym.orElse(0), code.orElse(0));
    }

    /** A key without a code and a symbol, as exotic keys have neither, is left out. */
    private void sendPress(Press press, boolean down) throws IOException {
        if (press.byScanCode()) {
            client.messages().sendScanCode(press.keysym(), press.scanCode(), down);
        } else if (press.keysym() != 0) {
            client.messages().sendKeysym(press.keysym(), down);
        }
    }
}
