package org.catseye.board.health.source;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.files.KernelFiles;

/**
 * The power supply of a Raspberry Pi, from the sensor {@code rpi_volt} (drivers/hwmon/raspberrypi-hwmon.c) and from the firmware's flags. The sensor's
 * driver clears the firmware's memory of earlier under-voltage, so this source remembers it as well.
 */
public final class SupplySource implements HealthSource {

    private static final String SENSORS = "sys/class/hwmon";
    private static final String REMEDY = "Use the supply made for this board, with a short cable, and connect devices that need much power through a "
            + "powered USB hub.";

    private final KernelFiles files;
    private final FirmwareFlags firmware;
    private boolean seen;

    public SupplySource(KernelFiles files) {
        this.files = files;
        this.firmware = new FirmwareFlags(files);
    }

    @Override
    public String subject() {
        return "Power supply";
    }

    @Override
    public Optional<Reading> readNow() {
        OptionalInt flags = firmware.readFlags();
        Optional<Boolean> alarm = readAlarm();
        if (flags.isEmpty() && alarm.isEmpty()) {
            return Optional.empty();
        }
        if (alarm.orElse(false) || FirmwareFlags.isSet(flags.orElse(0), FirmwareFlags.UNDER_VOLTAGE)) {
            seen = true;
            return Optional.of(new Reading("", List.of(new Finding("under-voltage", Severity.CRITICAL,
                    "Under-voltage since " + Finding.SINCE + ": the power supply is too weak.", REMEDY))));
        }
        seen |= FirmwareFlags.wasSet(flags.orElse(0), FirmwareFlags.UNDER_VOLTAGE);
        return Optional.of(new Reading("The voltage is sufficient.", seen ? List.of(new Finding("under-voltage" + Finding.EARLIER, Severity.WARNING,
                "There was under-voltage since the board started: the power supply is too weak at times.", REMEDY)) : List.of()));
    }

    private Optional<Boolean> readAlarm() {
        for (String sensor : files.listNames(SENSORS, "hwmon*")) {
            String folder = SENSORS + "/" + sensor + "/";
            if (files.readText(folder + "name").filter("rpi_volt"::equals).isPresent()) {
                OptionalLong alarm = files.readNumber(folder + "in0_lcrit_alarm");
                return alarm.isPresent() ? Optional.of(alarm.getAsLong() != 0) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
