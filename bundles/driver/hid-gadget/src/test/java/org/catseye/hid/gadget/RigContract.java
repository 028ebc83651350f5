package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.linux.Fd;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;
import org.catseye.testkit.HidTransportContract;
import org.junit.After;

/**
 * The contract against a real kernel: gadget, USB and the input devices that the host side makes of it. Run in the rig, with the
 * host side's event nodes in the system properties rig.keyboard and rig.pointer; the gadget is up.
 */
public class RigContract extends HidTransportContract {

    private static final int EVENT_BYTES = 24;
    private static final long QUIET_NANOS = 400_000_000L;
    private static final int KEY = 1;
    private static final int REPEAT = 2;
    private static final int ABSOLUTE = 3;
    private static final Map<Integer, Integer> KEYS = Map.of(30, 4, 48, 5, 46, 6, 32, 7);
    private static final int LEFT_SHIFT = 42;
    private static final int BUTTONS = 0x110;

    private final ByteBuffer events = Struct.allocate(EVENT_BYTES * 256);
    private final TreeSet<Integer> down = new TreeSet<>();
    private final int[] place = new int[2];
    private Fd keyboard;
    private Fd pointer;

    @Override
    protected HidTransport transport() throws Exception {
        keyboard = Fd.open(System.getProperty("rig.keyboard"), Fd.O_RDONLY | Fd.O_NONBLOCK);
        pointer = Fd.open(System.getProperty("rig.pointer"), Fd.O_RDONLY | Fd.O_NONBLOCK);
        return new HidGadget(Map.of(), SystemPaths.LINUX);
    }

    @Override
    protected KeyboardReport seenKeyboard() throws Exception {
        drainEvents(keyboard);
        List<Integer> keys = new ArrayList<>();
        down.stream().filter(KEYS::containsKey).map(KEYS::get).forEach(keys::add);
        return new KeyboardReport(down.contains(LEFT_SHIFT) ? 2 : 0, keys);
    }

    @Override
    protected PointerReport seenPointer() throws Exception {
        drainEvents(pointer);
        return new PointerReport(down.contains(BUTTONS) ? 1 : 0, place[0], place[1], 0, 0);
    }

    /** Reads events until nothing has changed for a while; a held key repeats endlessly. */
    private void drainEvents(Fd device) throws IOException {
        try (Poller poller = new Poller(1)) {
            poller.add(device, Poller.POLLIN);
            long changed = System.nanoTime();
            while (System.nanoTime() - changed < QUIET_NANOS) {
                if (poller.poll(50) > 0 && readChanges(device)) {
                    changed = System.nanoTime();
                }
            }
        }
    }

    private boolean readChanges(Fd device) throws IOException {
        boolean changes = false;
        events.clear();
        device.read(events);
        events.flip();
        for (int at = 0; at < events.limit(); at += EVENT_BYTES) {
            int type = events.getShort(at + 16);
            int value = events.getInt(at + 20);
            changes |= type == ABSOLUTE || type == KEY && value != REPEAT;
            applyEvent(type, events.getShort(at + 18) & 0xffff, value);
        }
        return changes;
    }

    private void applyEvent(int type, int code, int value) {
        if (type == KEY && value == 1) {
            down.add(code);
        } else if (type == KEY && value == 0) {
            down.remove(code);
        } else if (type == ABSOLUTE && code < 2) {
            place[code] = value;
        }
    }

    @After
    public void closeDevices() {
        keyboard.close();
        pointer.close();
    }
}
