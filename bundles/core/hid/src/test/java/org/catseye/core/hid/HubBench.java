package org.catseye.core.hid;

import java.util.ArrayList;
import java.util.List;
import org.catseye.hid.HidListener;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.hid.Usage;
import org.catseye.testkit.FakeHidTransport;

/** A hub on a table: a thread by hand, pretend devices, short words for keys. */
final class HubBench {

    static final Usage A = Usage.keyboardUsage(0x04);
    static final Usage B = Usage.keyboardUsage(0x05);
    static final Usage C = Usage.keyboardUsage(0x06);
    static final Usage SHIFT = Usage.keyboardUsage(0xe1);
    static final Usage ALT_GR = Usage.keyboardUsage(0xe6);
    static final Usage MUTE = new Usage(Usage.CONSUMER_PAGE, 0xe2);
    static final Usage LOUDER = new Usage(Usage.CONSUMER_PAGE, 0xe9);
    static final Usage SLEEP = new Usage(Usage.DESKTOP_PAGE, 0x82);

    final ManualThread thread = new ManualThread();
    final HidHub hub = new HidHub("bay1", thread);
    private long nextId = 10;

    /** A device that is there and listens; it has been told that all is up, and that is forgotten. */
    FakeHidTransport plug(int ranking) {
        return plug(new FakeHidTransport(), ranking);
    }

    FakeHidTransport plug(FakeHidTransport device, int ranking) {
        hub.addDevice(device, "device " + nextId, nextId++, ranking);
        thread.work();
        device.forgetReports();
        return device;
    }

    /** The id that the device got that was plugged in n-th, from 0. */
    static long id(int n) {
        return 10L + n;
    }

    /** Remembers what it hears. */
    static class Ear implements HidListener {
        final List<Leds> leds = new ArrayList<>();
        final List<HidState> states = new ArrayList<>();

        @Override
        public void onLedsChanged(Leds now) {
            leds.add(now);
        }

        @Override
        public void onStateChanged(HidState now) {
            states.add(now);
        }

        Leds light() {
            return leds.get(leds.size() - 1);
        }

        HidState state() {
            return states.get(states.size() - 1);
        }
    }
}
