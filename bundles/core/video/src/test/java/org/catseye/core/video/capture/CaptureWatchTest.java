package org.catseye.core.video.capture;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.catseye.plugins.health.LentFrames.Lent;
import org.catseye.targets.SelfCheck.Item;
import org.junit.Test;

public class CaptureWatchTest {

    private long now = 5;
    private final CaptureWatch watch = new CaptureWatch(() -> now);
    private final Fake fake = new Fake();

    /** A thread that uses as much as the test says. */
    private static final class Fake implements CaptureWatch.WatchedThread {
        private long cpuNanos;
        private Lent lent = new Lent(0, 0, false);
        private boolean alive = true;
        private boolean overdue;

        @Override
        public String target() {
            return "bay1";
        }

        @Override
        public String label() {
            return "the stick";
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public boolean isOverdue() {
            return overdue;
        }

        @Override
        public long cpuNanos() {
            return cpuNanos;
        }

        @Override
        public Lent lentSlots() {
            return lent;
        }
    }

    private void pass(int samples, double share) {
        for (int i = 0; i < samples; i++) {
            long time = TimeUnit.SECONDS.toNanos(CaptureWatch.SAMPLE_SECONDS);
            now += time;
            fake.cpuNanos += (long) (time * share);
            watch.takeSamples();
        }
    }

    private List<String> problems() {
        return watch.findProblems("bay1", false).stream().map(Item::description).toList();
    }

    @Test
    public void aDriverThatSpinsForAMinuteIsReportedUntilItStops() {
        watch.watch(fake, OptionalLong.of(7));
        pass(4, 0.94);
        assertEquals("not a minute yet", List.of(), problems());
        pass(1, 0.94);
        assertEquals(List.of("The driver of the stick used 94 % of a processor core in the last minute."), problems());
        assertEquals("others have their own", List.of(), watch.findProblems("default", true));
        pass(4, 0);
        assertEquals(List.of(), problems());
    }

    @Test
    public void workForAMomentIsNone() {
        watch.watch(fake, OptionalLong.of(7));
        pass(2, 1);
        pass(20, 0.5);
        assertEquals(List.of(), problems());
    }

    @Test
    public void aThreadThatGoesOnAfterItsStopIsReportedOnTheDefaultTargetToo() {
        watch.watch(fake, OptionalLong.of(7));
        pass(6, 1);
        fake.overdue = true;
        String description = "The driver of the stick (target bay1) was stopped, but its thread is still running, and uses 100 % of a processor core.";
        assertEquals(List.of(description), problems());
        assertEquals(description, watch.findProblems("default", true).get(0).description());
        fake.alive = false;
        assertEquals(List.of(), watch.findProblems("default", true));
    }

    @Test
    public void lentMemoryIsCountedByBundleUntilTheThreadEnds() {
        Fake second = new Fake();
        Fake unknown = new Fake();
        watch.watch(fake, OptionalLong.of(7));
        watch.watch(second, OptionalLong.of(7));
        watch.watch(unknown, OptionalLong.empty());
        fake.lent = new Lent(16, 1_600, true);
        second.lent = new Lent(1, 100, false);
        unknown.lent = new Lent(1, 100, false);
        assertEquals(Map.of(7L, new Lent(17, 1_700, true)), watch.listByBundle());
        fake.alive = false;
        assertEquals(Map.of(7L, new Lent(1, 100, false)), watch.listByBundle());
    }
}
