package org.catseye.core.watchdog.verdict;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.core.watchdog.verdict.PluginJudge.Observation;
import org.catseye.core.watchdog.verdict.PluginStop.Outcome;
import org.catseye.core.watchdog.verdict.PluginStop.Result;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PluginJudgeTest {

    private static final String PLUGIN = "com.example";
    private static final Limits LIMITS = new Limits(true, 90, 200, 600, 120, 30);
    private static final Map<HealthFigure, Double> CALM = Map.of(HealthFigure.CPU_TEN_SECONDS, 89.0, HealthFigure.THREADS, 200.0);
    private static final Map<HealthFigure, Double> SPINS = Map.of(HealthFigure.CPU_TEN_SECONDS, 97.2, HealthFigure.THREADS, 3.0);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final FakeStop stop = new FakeStop();
    private Path file;
    private PluginJudge judge;
    private Instant now = Instant.parse("2026-11-30T12:00:00.5Z");
    private long nowNanos = 7;

    private static final class FakeStop implements PluginStop {
        private final List<String> requests = new ArrayList<>();
        private final List<Collection<Long>> lowered = new ArrayList<>();
        private final List<Result> results = new ArrayList<>();
        private List<ExceededLimit> exceeded;

        @Override
        public void request(String plugin, List<ExceededLimit> limits, String reason) {
            requests.add(plugin + ": " + reason);
            exceeded = limits;
        }

        @Override
        public List<Result> takeResults() {
            List<Result> taken = List.copyOf(results);
            results.clear();
            return taken;
        }

        @Override
        public void lowerPriority(String plugin, Collection<Long> threads) {
            lowered.add(threads);
        }
    }

    @Before
    public void createJudge() {
        file = folder.getRoot().toPath().resolve("stopped");
        judge = new PluginJudge(stop, file);
    }

    private BundleHealth observe(Limits limits, boolean running, Map<HealthFigure, Double> figures, Long... threads) {
        nowNanos += TimeUnit.SECONDS.toNanos(2);
        now = now.plusSeconds(2);
        judge.recordStops(now);
        return judge.judge(nowNanos, now, limits, new Observation(PLUGIN, running, figures, Set.of(threads)));
    }

    private BundleHealth observe(int samples, Map<HealthFigure, Double> figures) {
        BundleHealth last = null;
        for (int i = 0; i < samples; i++) {
            last = observe(LIMITS, true, figures, 1L);
        }
        return last;
    }

    private void end(Outcome outcome) {
        stop.results.add(new Result(PLUGIN, stop.exceeded, outcome));
    }

    @Test
    public void eachLimitCountsAndWhatIsUnknownIsWithinIt() {
        assertEquals(List.of(), LIMITS.findExceeded(Map.of()));
        assertEquals(List.of(), LIMITS.findExceeded(CALM));
        Map<HealthFigure, Double> tooMuch = Map.of(HealthFigure.CPU_TEN_SECONDS, 91.0, HealthFigure.THREADS, 201.0, HealthFigure.LOG_LINES, 601.0,
            HealthFigure.PRINTED_LINES, 601.0, HealthFigure.EXCEPTIONS, 121.0, HealthFigure.FRAME_SLOTS, 16.0, HealthFigure.DROPPED_LOG_LINES, 1e9);
        assertEquals(List.of("CPU_TEN_SECONDS 91 90", "THREADS 201 200", "LOG_LINES 601 600", "PRINTED_LINES 601 600", "EXCEPTIONS 121 120", "FRAME_SLOTS 16 15"),
            LIMITS.findExceeded(tooMuch).stream().map(each -> each.figure() + " " + each.measured() + " " + each.limit()).toList());
    }

    @Test
    public void aPluginThatStaysOverALimitIsNamedThenStopped() {
        assertEquals(HealthCondition.OK, observe(3, CALM).condition());
        assertEquals("one sample is none", HealthCondition.OK, observe(1, SPINS).condition());
        BundleHealth over = observe(1, SPINS);
        assertEquals(HealthCondition.OVER_LIMIT, over.condition());
        assertEquals("It is over a limit: 97 % of a processor core (limit 90). It will be stopped if it stays over a limit for 30 seconds.", over.reason());
        assertEquals(Optional.of(Instant.parse("2026-11-30T12:00:10Z")), over.since());
        observe(13, SPINS);
        assertEquals(List.of(), stop.requests);
        observe(1, SPINS);
        String reason = "Catseye has stopped it, because it stayed over a limit: 97 % of a processor core (limit 90).";
        assertEquals(List.of(PLUGIN + ": " + reason), stop.requests);
        end(Outcome.STOPPED);
        BundleHealth stopped = observe(LIMITS, false, Map.of());
        assertEquals(HealthCondition.STOPPED, stopped.condition());
        assertEquals(reason, stopped.reason());
        assertEquals(List.of(new ExceededLimit(HealthFigure.CPU_TEN_SECONDS, 97, 90)), stopped.exceeded());
    }

    @Test
    public void aPauseBeginsTheGraceTimeAnew() {
        for (int i = 0; i < 5; i++) {
            observe(14, SPINS);
            assertEquals(HealthCondition.OK, observe(1, CALM).condition());
        }
        assertEquals(List.of(), stop.requests);
    }

    @Test
    public void differentLimitsDoNotAddUp() {
        for (int i = 0; i < 5; i++) {
            observe(8, SPINS);
            observe(8, Map.of(HealthFigure.THREADS, 900.0));
        }
        assertEquals(List.of(), stop.requests);
    }

    @Test
    public void ifStoppingIsSwitchedOffItIsOnlyNamed() {
        Limits lenient = new Limits(false, 90, 200, 600, 120, 30);
        BundleHealth over = null;
        for (int i = 0; i < 30; i++) {
            over = observe(lenient, true, SPINS, 1L);
        }
        assertEquals(HealthCondition.OVER_LIMIT, over.condition());
        assertEquals("It is over a limit: 97 % of a processor core (limit 90).", over.reason());
        assertEquals(List.of(), stop.requests);
    }

    @Test
    public void whatIsNotStoppedIsTriedAgain() {
        observe(17, SPINS);
        int before = stop.requests.size();
        end(Outcome.NOT_STOPPED);
        assertEquals(HealthCondition.OVER_LIMIT, observe(1, SPINS).condition());
        assertEquals(before + 1, stop.requests.size());
    }

    @Test
    public void aBundleThatDoesNotStopNeedsARestart() {
        observe(17, SPINS);
        end(Outcome.HANGS);
        BundleHealth hangs = observe(LIMITS, true, SPINS, 4L);
        assertEquals(HealthCondition.STILL_RUNNING, hangs.condition());
        assertEquals("It was told to stop, and does not end. Restart Catseye, because a thread cannot be ended otherwise.", hangs.reason());
        assertEquals(List.of(Set.of(4L)), stop.lowered.stream().map(Set::copyOf).toList());
        observe(LIMITS, true, SPINS, 4L);
        assertEquals("once for each thread", 1, stop.lowered.size());
        assertEquals("if it ends after all", HealthCondition.STOPPED, observe(LIMITS, false, Map.of()).condition());
    }

    @Test
    public void threadsThatGoOnAfterTheStopNeedARestart() {
        observe(3, CALM);
        assertEquals("they need a moment", HealthCondition.OK, observe(LIMITS, false, CALM, 1L, 2L).condition());
        BundleHealth rest = null;
        for (int i = 0; i < PluginJudge.END_NANOS / TimeUnit.SECONDS.toNanos(2); i++) {
            rest = observe(LIMITS, false, CALM, 1L, 2L);
        }
        assertEquals(HealthCondition.STILL_RUNNING, rest.condition());
        assertEquals("It is stopped, but 2 of its threads are still running. Restart Catseye, because a thread cannot be ended otherwise.", rest.reason());
        assertEquals(1, stop.lowered.size());
        assertEquals(HealthCondition.OK, observe(LIMITS, false, Map.of()).condition());
    }

    @Test
    public void theReasonSurvivesARestartUntilThePluginRunsOrIsRemoved() throws IOException {
        observe(17, SPINS);
        end(Outcome.STOPPED);
        BundleHealth before = observe(LIMITS, false, Map.of());
        judge = new PluginJudge(stop, file);
        BundleHealth after = observe(LIMITS, false, Map.of());
        assertEquals(before, after);
        judge.forgetRemoved(PLUGIN::equals, Set.of());
        assertTrue(Files.readString(file).contains(PLUGIN));
        assertEquals(HealthCondition.OK, observe(LIMITS, true, CALM, 1L).condition());
        assertFalse(Files.readString(file).contains(PLUGIN));
        observe(17, SPINS);
        end(Outcome.STOPPED);
        observe(LIMITS, false, Map.of());
        judge.forgetRemoved(name -> false, Set.of());
        assertFalse(Files.readString(file).contains(PLUGIN));
    }

    @Test
    public void aDamagedFileOnlyLosesTheReason() throws IOException {
        for (String text : List.of(PLUGIN + "=yesterday\n", PLUGIN + "=2026-11-30T12:00:00Z THREADS:many\n", PLUGIN + "=2026-11-30T12:00:00Z NONE:1:2\n", "\\u12\n")) {
            Files.writeString(file, text);
            judge = new PluginJudge(stop, file);
            assertEquals(text, HealthCondition.OK, observe(LIMITS, false, Map.of()).condition());
        }
    }
}
