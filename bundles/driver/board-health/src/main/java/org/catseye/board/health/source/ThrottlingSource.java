package org.catseye.board.health.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.files.KernelFiles;

/** Whether the processor is slowed down: by the firmware of a Raspberry Pi, or by Linux, which reduces the frequency of a hot processor. */
public final class ThrottlingSource implements HealthSource {

    private static final String COOLING = "sys/class/thermal";
    private static final String COOLING_REMEDY = "Cool the board: a heat sink or a fan, and space around the case.";
    private static final String REMEDY = "If there is also under-voltage, replace the power supply. Otherwise cool the board: a heat sink or a fan, and "
            + "space around the case.";

    private final KernelFiles files;
    private final FirmwareFlags firmware;
    private boolean seen;

    public ThrottlingSource(KernelFiles files) {
        this.files = files;
        this.firmware = new FirmwareFlags(files);
    }

    @Override
    public String subject() {
        return "Processor speed";
    }

    @Override
    public Optional<Reading> readNow() {
        OptionalInt flags = firmware.readFlags();
        Optional<Boolean> cooling = readCooling();
        if (flags.isEmpty() && cooling.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = findCurrent(flags.orElse(0), cooling.orElse(false));
        if (!findings.isEmpty()) {
            seen = true;
        } else {
            seen |= FirmwareFlags.wasSet(flags.orElse(0),
                    FirmwareFlags.FREQUENCY_CAPPED | FirmwareFlags.THROTTLED | FirmwareFlags.TEMPERATURE_LIMIT);
            if (seen) {
                findings.add(new Finding("throttled" + Finding.EARLIER, Severity.NOTICE, "The processor was slowed down at times since the board started.",
                        REMEDY));
            }
        }
        return Optional.of(new Reading("The processor is not slowed down.", findings));
    }

    private static List<Finding> findCurrent(int flags, boolean cooling) {
        List<Finding> findings = new ArrayList<>();
        if (FirmwareFlags.isSet(flags, FirmwareFlags.FREQUENCY_CAPPED)) {
            findings.add(new Finding("frequency-capped", Severity.WARNING,
                    "The frequency of the processor has been limited since " + Finding.SINCE + ". Pictures may stutter.", REMEDY));
        }
        if (FirmwareFlags.isSet(flags, FirmwareFlags.THROTTLED) || cooling) {
            findings.add(new Finding("throttled", Severity.WARNING,
                    "The processor has been slowed down since " + Finding.SINCE + ". Pictures may stutter.", REMEDY));
        }
        if (FirmwareFlags.isSet(flags, FirmwareFlags.TEMPERATURE_LIMIT)) {
            findings.add(new Finding("temperature-limit", Severity.WARNING,
                    "The processor has been at its temperature limit since " + Finding.SINCE + ".", COOLING_REMEDY));
        }
        return findings;
    }

    /** Whether Linux limits the frequency. Other cooling devices, such as fans, slow nothing down. */
    private Optional<Boolean> readCooling() {
        boolean known = false;
        for (String device : files.listNames(COOLING, "cooling_device*")) {
            String folder = COOLING + "/" + device + "/";
            OptionalLong state = files.readNumber(folder + "cur_state");
            if (files.readText(folder + "type").orElse("").contains("cpufreq") && state.isPresent()) {
                known = true;
                if (state.getAsLong() > 0) {
                    return Optional.of(true);
                }
            }
        }
        return known ? Optional.of(false) : Optional.empty();
    }
}
