package org.catseye.board.health.source;

import java.util.OptionalInt;
import org.catseye.files.KernelFiles;

/**
 * The flags of the Raspberry Pi's firmware. The Raspberry Pi kernel has them in a file (drivers/firmware/raspberrypi.c); the mainline kernel does not.
 * They are the same as those of {@code vcgencmd get_throttled}.
 */
final class FirmwareFlags {

    static final int UNDER_VOLTAGE = 1;
    static final int FREQUENCY_CAPPED = 1 << 1;
    static final int THROTTLED = 1 << 2;
    static final int TEMPERATURE_LIMIT = 1 << 3;
    /** The same flags, shifted by this, mean that it happened since the board started. */
    private static final int EARLIER_SHIFT = 16;
    private static final int HEXADECIMAL = 16;
    private static final String DEVICES = "sys/devices/platform";

    private final KernelFiles files;

    FirmwareFlags(KernelFiles files) {
        this.files = files;
    }

    /** Empty if this board has no such firmware. */
    OptionalInt readFlags() {
        for (String soc : files.listNames(DEVICES, "soc*")) {
            for (String firmware : files.listNames(DEVICES + "/" + soc, "*firmware")) {
                OptionalInt flags = files.readText(DEVICES + "/" + soc + "/" + firmware + "/get_throttled").map(FirmwareFlags::parseFlags)
                        .orElse(OptionalInt.empty());
                if (flags.isPresent()) {
                    return flags;
                }
            }
        }
        return OptionalInt.empty();
    }

    /** Hexadecimal, with or without 0x in front. */
    private static OptionalInt parseFlags(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        try {
            return OptionalInt.of(Integer.parseUnsignedInt(digits, HEXADECIMAL));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    static boolean isSet(int flags, int flag) {
        return (flags & flag) != 0;
    }

    static boolean wasSet(int flags, int flag) {
        return (flags & flag << EARLIER_SHIFT) != 0;
    }
}
