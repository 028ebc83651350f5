package org.catseye.board.health.source;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.files.KernelFiles;

/**
 * Whether the clock was set from the network. Only systemd-timesyncd, the default of Debian and Raspberry Pi OS, has a file that shows it to other
 * users. Without it, this source reports nothing, except for a time that cannot be right.
 */
public final class ClockSource implements HealthSource {

    private static final String TIME_SERVICE = "run/systemd/timesync";
    /** Seconds after the start of the board until the clock should be set. */
    private static final int PATIENCE_SECONDS = 180;
    /** This version of Catseye is younger. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final String REMEDY = "Check that this board reaches a time server (timedatectl timesync-status). Codes of the second factor, "
            + "certificates and the times in the logs need the right time.";

    private final KernelFiles files;
    private final Clock clock;

    public ClockSource(KernelFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "Clock";
    }

    @Override
    public Optional<Reading> readNow() {
        if (clock.instant().isBefore(EARLIEST)) {
            return Optional.of(new Reading("", List.of(new Finding("clock-wrong", Severity.CRITICAL,
                    "The clock of this board is wrong: it was not set from the network since the board started.", REMEDY))));
        }
        if (!files.isPresent(TIME_SERVICE)) {
            return Optional.empty();
        }
        boolean late = !files.isPresent(TIME_SERVICE + "/synchronized") && readUptimeSeconds() > PATIENCE_SECONDS;
        return Optional.of(new Reading(files.isPresent(TIME_SERVICE + "/synchronized") ? "The clock was set from the network."
                : "The clock is being set.", late ? List.of(new Finding("clock-not-synchronized", Severity.WARNING,
                "The clock was not set from the network since the board started.", REMEDY)) : List.of()));
    }

    /** Of proc(5); 0 if it is unknown. */
    private long readUptimeSeconds() {
        String seconds = files.readText("proc/uptime").orElse("").split("[. ]")[0];
        return seconds.matches("\\d{1,12}") ? Long.parseLong(seconds) : 0;
    }
}
