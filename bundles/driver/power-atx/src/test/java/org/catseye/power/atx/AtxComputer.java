package org.catseye.power.atx;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catseye.power.PowerAction;
import org.catseye.power.atx.FrontPanel.Button;

/** A computer as its front panel knows it: what presses of which length do. Thread-safe. */
final class AtxComputer {

    /** What mainboards take for holding; a short press is below. */
    private static final long HOLD_MILLIS = 3_900;

    private final Map<Button, Long> pressedSince = new EnumMap<>(Button.class);
    private final Map<Button, Long> pressMillis = new EnumMap<>(Button.class);
    private boolean on;
    private int resets;
    private int presses;

    synchronized void setOn(boolean next) {
        on = next;
        resets = 0;
        presses = 0;
        pressMillis.clear();
    }

    synchronized boolean isOn() {
        return on;
    }

    /** How long a button was pressed the last time; 0 if it was not since {@link #setOn}. */
    synchronized long pressMillis(Button button) {
        return pressMillis.getOrDefault(button, 0L);
    }

    /** Whether a button was pressed and released since {@link #setOn}. */
    synchronized boolean wasPressed(Button button) {
        return pressMillis.containsKey(button);
    }

    /** The level of a button's line. Only changes count. */
    synchronized void handleButton(Button button, boolean pressed) {
        long now = System.nanoTime();
        if (pressed) {
            pressedSince.putIfAbsent(button, now);
        } else if (pressedSince.containsKey(button)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(now - pressedSince.remove(button));
            pressMillis.put(button, millis);
            if (button == Button.RESET) {
                resets++;
            } else if (on && millis >= HOLD_MILLIS) {
                on = false;
            } else {
                presses++;
                on = true;
            }
        }
    }

    synchronized boolean noticed(PowerAction action) {
        return switch (action) {
            case PRESS -> presses == 1;
            case ON -> presses == 1 && on;
            case HOLD, OFF -> pressMillis(Button.POWER) >= HOLD_MILLIS && !on;
            case RESET -> resets == 1;
            default -> throw new AssertionError(action);
        };
    }
}
