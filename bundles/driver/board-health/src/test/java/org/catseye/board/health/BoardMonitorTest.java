package org.catseye.board.health;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.board.BoardCondition;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.health.source.Finding;
import org.catseye.board.health.source.HealthSource;
import org.catseye.board.health.source.Reading;
import org.catseye.board.health.source.SupplySource;
import org.catseye.config.BadValueException;
import org.catseye.targets.SelfCheck.Item;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class BoardMonitorTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final AdjustableClock clock = new AdjustableClock();
    private FakeBoard board;
    private BoardMonitor monitor;

    /** A wall clock that can jump, and a monotonic one that cannot. */
    private static final class AdjustableClock extends Clock {
        private Instant now = Instant.parse("2026-12-01T12:03:17.500Z");
        private long nanos = 1_000_000_000L;

        void pass(Duration time) {
            now = now.plus(time);
            nanos += time.toNanos();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Before
    public void createMonitor() {
        board = new FakeBoard(folder.getRoot().toPath()).pi4();
        monitor = new BoardMonitor(List.of(new SupplySource(board.files())), new ConditionTracker(clock, () -> clock.nanos));
    }

    private List<String> read(Duration after) {
        clock.pass(after);
        monitor.readSources();
        return monitor.currentState().conditions().stream().map(BoardCondition::id).toList();
    }

    @Test
    public void underVoltageHasATimeAndARemedyInTheStateAndTheSelfCheck() {
        assertEquals(List.of(), read(Duration.ZERO));
        assertEquals(List.of(Item.passed("Power supply", "The voltage is sufficient.")), monitor.checkItems());
        board.alarm(true);
        assertEquals(List.of("under-voltage"), read(Duration.ofSeconds(5)));
        BoardCondition condition = monitor.currentState().conditions().get(0);
        assertEquals("Under-voltage since 12:03: the power supply is too weak.", condition.description());
        assertTrue(condition.remedy(), condition.remedy().startsWith("Use the supply made for this board"));
        assertEquals(Severity.CRITICAL, condition.severity());
        assertEquals(Instant.parse("2026-12-01T12:03:22Z"), condition.since());
        Item item = monitor.checkItems().get(0);
        assertFalse(item.ok());
        assertEquals(condition.description(), item.description());
        assertEquals(condition.remedy(), item.remedy());
        read(Duration.ofMinutes(20));
        assertEquals("the beginning stays", Instant.parse("2026-12-01T12:03:22Z"), monitor.currentState().conditions().get(0).since());
    }

    @Test
    public void aConditionThatComesAndGoesIsOneUntilItIsAwayForHalfAMinute() {
        for (int dip = 0; dip < 4; dip++) {
            board.alarm(true);
            assertEquals(List.of("under-voltage"), read(Duration.ofSeconds(5)));
            board.alarm(false);
            assertEquals(List.of("under-voltage"), read(Duration.ofSeconds(25)));
        }
        assertEquals(List.of("under-voltage-earlier"), read(Duration.ofSeconds(31)));
        assertEquals("since the board started", List.of("under-voltage-earlier"), read(Duration.ofHours(30)));
    }

    @Test
    public void theBeginningFollowsAClockThatIsSetLater() {
        clock.now = Instant.parse("2026-01-01T00:00:10Z");
        board.alarm(true);
        read(Duration.ZERO);
        clock.now = Instant.parse("2026-12-01T07:30:00Z");
        read(Duration.ofSeconds(20));
        BoardCondition condition = monitor.currentState().conditions().get(0);
        assertEquals(Instant.parse("2026-12-01T07:30:00Z"), condition.since());
        read(Duration.ofHours(24));
        assertTrue(monitor.currentState().conditions().get(0).description().contains("since 2026-12-01 07:30:"));
    }

    @Test
    public void theMostSevereConditionIsFirst() {
        List<Finding> findings = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            findings.add(new Finding(severity.name().toLowerCase(), severity, "", "", Map.of()));
        }
        HealthSource all = source(() -> Optional.of(new Reading("", findings, List.of())));
        monitor = new BoardMonitor(List.of(all), new ConditionTracker(clock, () -> clock.nanos));
        assertEquals(List.of("critical", "warning", "notice"), read(Duration.ZERO));
    }

    @Test
    public void aSourceThatFailsDoesNotStopTheOthers() {
        HealthSource broken = source(() -> {
            throw new IllegalStateException("broken");
        });
        monitor = new BoardMonitor(List.of(broken, new SupplySource(board.alarm(true).files())), new ConditionTracker(clock, () -> clock.nanos));
        assertEquals(List.of("under-voltage"), read(Duration.ZERO));
    }

    @Test
    public void aFailureOfTheEvaluationDoesNotEndTheSchedule() {
        AtomicBoolean failing = new AtomicBoolean(true);
        board.alarm(true);
        monitor = new BoardMonitor(List.of(new SupplySource(board.files())), new ConditionTracker(clock, () -> {
            if (failing.get()) {
                throw new IllegalStateException("broken");
            }
            return clock.nanos;
        }));
        assertEquals(List.of(), read(Duration.ZERO));
        failing.set(false);
        assertEquals(List.of("under-voltage"), read(Duration.ZERO));
    }

    @Test
    public void aBoardThatReportsNothingHasOneItemAndNoCondition() {
        monitor = new BoardMonitor(List.of(source(Optional::empty)), new ConditionTracker(clock, () -> clock.nanos));
        assertEquals(List.of(), read(Duration.ZERO));
        assertEquals(1, monitor.checkItems().size());
        assertTrue(monitor.checkItems().get(0).ok());
    }

    private static HealthSource source(java.util.function.Supplier<Optional<Reading>> reader) {
        return new HealthSource() {
            @Override
            public String subject() {
                return "Fake";
            }

            @Override
            public Optional<Reading> readNow() {
                return reader.get();
            }
        };
    }

    @Test
    public void aBadValueIsDescribed() throws Exception {
        HealthSettings settings = HealthSettings.parseSettings(Map.of("root", "/mnt", "intervalSeconds", "9"));
        assertEquals(Path.of("/mnt"), settings.root());
        assertEquals(HealthSettings.DEFAULT, HealthSettings.parseSettings(Map.of()));
        for (Map<String, String> bad : List.of(Map.of("intervalSeconds", "0"), Map.of("temperatureLimit", "200"), Map.of("minFreeMib", "x"), Map.of("root", "here"))) {
            try {
                new HealthCheck().checkValues(bad);
                throw new AssertionError(bad.toString());
            } catch (BadValueException e) {
                assertTrue(e.getMessage(), e.getMessage().startsWith(HealthConfig.PID + ": " + bad.keySet().iterator().next() + " is "));
            }
        }
    }

    /** All sources on this machine. A slow file would delay nobody, but would be a load of its own. */
    @Test
    public void allSourcesTogetherReadThisMachine() {
        monitor = new BoardMonitor(BoardMonitor.listSources(HealthSettings.DEFAULT, folder.getRoot().toPath()), new ConditionTracker(clock, () -> clock.nanos));
        read(Duration.ZERO);
        assertTrue(monitor.checkItems().size() >= 4);
        assertTrue(monitor.currentState().figures().size() >= 5);
    }
}
