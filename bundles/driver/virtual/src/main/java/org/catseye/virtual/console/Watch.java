package org.catseye.virtual.console;

import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.input.UsLayout;
import org.catseye.virtual.scene.Host;

/** The programs that show input as it comes. */
enum Watch {
    KEYS("Press keys; Ctrl+C ends.\n"), MOUSE("Move, click, turn the wheel; Ctrl+C ends.\n");

    private final String greeting;

    Watch(String greeting) {
        this.greeting = greeting;
    }

    String greeting() {
        return greeting;
    }

    static String describeInput(Host host, int usage, boolean down) {
        return String.format("%-4s  usage 0x%02X  %-9s  modifiers 0x%02X\n", down ? "down" : "up", usage, UsLayout.keyName(usage),
            host.keyboard().modifiers());
    }

    static String describeInput(Host host, PointerState.Event event) {
        PointerState pointer = host.pointer();
        return String.format("x %4d  y %4d  buttons %s%s%s  wheel %+4d  pan %+4d", event.x(), event.y(), letterFor(event, 1, 'L'),
            letterFor(event, 4, 'M'), letterFor(event, 2, 'R'), pointer.wheelTotal(), pointer.panTotal());
    }

    private static char letterFor(PointerState.Event event, int bit, char name) {
        return (event.buttons() & bit) != 0 ? name : '-';
    }
}
