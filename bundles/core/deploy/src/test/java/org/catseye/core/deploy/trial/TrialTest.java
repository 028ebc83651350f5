package org.catseye.core.deploy.trial;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.Test;

public class TrialTest {

    private long millis;

    /** @param verdictAt the verdict at a time in milliseconds */
    private Optional<String> watch(LongFunction<Verdict> verdictAt) throws InterruptedException {
        millis = 0;
        return new Trial(() -> TimeUnit.MILLISECONDS.toNanos(millis), pause -> millis += pause)
                .watch(() -> verdictAt.apply(millis), TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    public void whatIsGoodForAWhileStaysEarly() throws InterruptedException {
        assertEquals(Optional.empty(), watch(now -> now < 1_000 ? Verdict.pending("It starts.") : Verdict.GOOD));
        assertTrue(millis + " ms", millis >= 2_750 && millis < 4_000);
    }

    @Test
    public void whatIsBadEndsAtOnce() throws InterruptedException {
        assertEquals(Optional.of("It failed."), watch(now -> now < 1_000 ? Verdict.GOOD : Verdict.bad("It failed.")));
        assertEquals(1_000, millis);
    }

    @Test
    public void whatDoesNotBecomeGoodIsBadInTheEnd() throws InterruptedException {
        assertEquals(Optional.of("There is no picture."), watch(now -> Verdict.pending("There is no picture.")));
        assertEquals(10_000, millis);
    }

    @Test
    public void anInterruptionStartsTheWaitAgain() throws InterruptedException {
        assertEquals(Optional.empty(), watch(now -> now == 1_500 ? Verdict.pending("The picture is gone.") : Verdict.GOOD));
        assertTrue(millis + " ms", millis >= 3_500);
    }

    @Test
    public void whatBecomesGoodAtTheEndHasToStayGoodAsLongAsOthers() throws InterruptedException {
        assertEquals(Optional.empty(), watch(now -> now < 9_900 ? Verdict.pending("It starts.") : Verdict.GOOD));
        assertTrue(millis + " ms", millis >= 11_750);
        assertEquals(Optional.of("It failed."), watch(now -> now < 9_900 ? Verdict.pending("It starts.") : now < 10_500 ? Verdict.GOOD : Verdict.bad("It failed.")));
    }
}
