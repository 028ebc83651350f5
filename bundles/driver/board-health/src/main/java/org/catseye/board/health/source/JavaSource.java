package org.catseye.board.health.source;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.board.BoardCondition.Severity;

/**
 * Whether Java still gets security updates. Every second autumn's version is supported for long; OpenJDK's update projects end six years after the
 * release at the earliest, those of the other versions after six months (openjdk.org, JDK project; adoptium.net, support).
 */
public final class JavaSource implements HealthSource {

    /** The first version of the schedule that this product runs on, and its release. One version every six months follows. */
    private static final int FIRST_VERSION = 17;
    private static final LocalDate FIRST_RELEASE = LocalDate.of(2021, 9, 14);
    private static final int MONTHS_BETWEEN = 6;
    private static final int LONG_TERM_EVERY = 4;
    private static final int LONG_TERM_YEARS = 6;
    /** Updates appear every three months. */
    private static final int OLD_UPDATE_MONTHS = 12;

    private final int version;
    private final String updateDate;
    private final Clock clock;

    public JavaSource(Clock clock) {
        this(Runtime.version().feature(), System.getProperty("java.version.date", ""), clock);
    }

    /** @param updateDate when this update was released, as in the system property java.version.date; empty if unknown */
    JavaSource(int version, String updateDate, Clock clock) {
        this.version = version;
        this.updateDate = updateDate;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "Java";
    }

    @Override
    public Optional<Reading> readNow() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String name = Integer.toString(version);
        String summary = "Java " + name + (updateDate.isEmpty() ? "." : ", updated on " + updateDate + ".");
        if (version < FIRST_VERSION) {
            return Optional.empty();
        }
        if (today.isAfter(findEndOfSupport())) {
            return Optional.of(new Reading(summary, List.of(new Finding("java-unsupported", Severity.NOTICE,
                    "Java " + name + " may no longer get security updates.",
                    "Install a newer version with long-term support (Debian: default-jre-headless), and restart Catseye.", Map.of("version", name)))));
        }
        if (parseUpdateDate().filter(date -> date.plusMonths(OLD_UPDATE_MONTHS).isBefore(today)).isPresent()) {
            return Optional.of(new Reading(summary, List.of(new Finding("java-outdated", Severity.NOTICE,
                    "Java " + name + " was last updated on " + updateDate + " and lacks security updates.",
                    "Update the packages of this board (apt update, apt upgrade), and restart Catseye.", Map.of("version", name, "date", updateDate)))));
        }
        return Optional.of(new Reading(summary, List.of()));
    }

    private LocalDate findEndOfSupport() {
        int later = version - FIRST_VERSION;
        LocalDate release = FIRST_RELEASE.plusMonths((long) later * MONTHS_BETWEEN);
        // The next version has to be installed first.
        return later % LONG_TERM_EVERY == 0 ? release.plusYears(LONG_TERM_YEARS) : release.plusMonths(MONTHS_BETWEEN + 1);
    }

    private Optional<LocalDate> parseUpdateDate() {
        try {
            return updateDate.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(updateDate));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
