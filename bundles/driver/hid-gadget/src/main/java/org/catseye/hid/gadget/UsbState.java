package org.catseye.hid.gadget;

/** The state of a USB device controller (include/linux/usb/ch9.h, enum usb_device_state), by what it means to a person. */
enum UsbState {
    DETACHED("no computer is connected: plug the data cable into the target and this board (a charge-only cable does not do)"),
    STARTING("the target is connected but has not accepted the keyboard yet: it is off or just starting"),
    CONFIGURED("the target listens"),
    SUSPENDED("the target is asleep: wake it by its power button"),
    /** This kernel or controller does not tell: the reports will show. */
    UNKNOWN("the target has not refused yet");

    final String words;

    UsbState(String words) {
        this.words = words;
    }

    /** From the content of the file {@code state}. */
    static UsbState of(String text) {
        return switch (text.strip()) {
            case "not attached" -> DETACHED;
            case "attached", "powered", "reconnecting", "unauthenticated", "default", "addressed" -> STARTING;
            case "configured" -> CONFIGURED;
            case "suspended" -> SUSPENDED;
            default -> UNKNOWN;
        };
    }

    /** Whether reports may be sent. @param wakes whether the kernel wakes the target by a report */
    boolean listens(boolean wakes) {
        return this == CONFIGURED || this == UNKNOWN || this == SUSPENDED && wakes;
    }
}
