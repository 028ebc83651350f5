package org.catseye.hid.gadget.udc;

/** The state of a USB device controller (include/linux/usb/ch9.h, enum usb_device_state), grouped by its meaning for the user. */
public enum UsbState {
    DETACHED("no computer is connected: connect this board to the remote computer with a data cable "
            + "(a charge-only cable does not work)"),
    STARTING("the remote computer is connected but has not accepted the keyboard yet: it is off or still starting"),
    CONFIGURED("the remote computer accepts input"),
    SUSPENDED("the remote computer is asleep: wake it with its power button"),
    /** The kernel or the controller reports no state; only sending a report shows whether the host fetches it. */
    UNKNOWN("the state of the USB connection is not known");

    private final String description;

    UsbState(String description) {
        this.description = description;
    }

    /** The state as a message for the user. */
    public String description() {
        return description;
    }

    /** Parses the content of the controller's file {@code state}. */
    public static UsbState parseState(String text) {
        return switch (text.strip()) {
            case "not attached" -> DETACHED;
            case "attached", "powered", "reconnecting", "unauthenticated", "default", "addressed" -> STARTING;
            case "configured" -> CONFIGURED;
            case "suspended" -> SUSPENDED;
            default -> UNKNOWN;
        };
    }

    /** Whether reports may be sent. @param canWakeHost whether a report wakes a sleeping host */
    public boolean allowsReports(boolean canWakeHost) {
        return this == CONFIGURED || this == UNKNOWN || this == SUSPENDED && canWakeHost;
    }
}
