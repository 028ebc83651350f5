package org.catseye.core.access.proof;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.catseye.testkit.FakeTime;
import org.junit.Test;

public class IdentityProofTest {

    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    private final FakeTime wall = new FakeTime();
    private final FakeTime steady = new FakeTime();
    private final ProofClock clock = new ProofClock(wall, steady::nanos, () -> MAX_AGE);

    /** Both clocks go on, as they do unless somebody sets the one on the wall. */
    private void pass(Duration time) {
        wall.pass(time);
        steady.pass(time);
    }

    /** As if the process had been started anew: the steady clock begins somewhere else. */
    private IdentityProof afterRestart(IdentityProof proof) {
        Optional<Instant> recorded = proof.toRecord();
        steady.pass(Duration.ofDays(-20));
        return IdentityProof.fromRecord(recorded, clock);
    }

    @Test
    public void aProofIsRecentUntilItsAgeIsReached() {
        IdentityProof proof = IdentityProof.createNow(clock);
        pass(MAX_AGE.minusNanos(1));
        assertTrue(proof.isRecent());
        pass(Duration.ofNanos(1));
        assertFalse(proof.isRecent());
        assertEquals("what is too old is not recorded", Optional.empty(), proof.toRecord());
    }

    @Test
    public void aWallClockSetBackMakesNoOldProofRecent() {
        IdentityProof proof = IdentityProof.createNow(clock);
        pass(Duration.ofMinutes(20));
        for (Duration back : new Duration[] {Duration.ofMinutes(20), Duration.ofMinutes(10), Duration.ofDays(400)}) {
            wall.pass(back.negated());
            assertFalse(proof.isRecent());
        }
        assertFalse(afterRestart(proof).isRecent());
    }

    @Test
    public void aWallClockSetForwardAsksOnceTooOftenAndNeverTooRarely() {
        IdentityProof proof = IdentityProof.createNow(clock);
        wall.pass(Duration.ofDays(400));
        assertFalse(proof.isRecent());
        IdentityProof next = IdentityProof.createNow(clock);
        wall.pass(Duration.ofDays(-400));
        pass(MAX_AGE.minusSeconds(1));
        assertTrue(next.isRecent());
        pass(Duration.ofSeconds(1));
        assertFalse(next.isRecent());
    }

    @Test
    public void theAgeGoesOnOverARestart() {
        IdentityProof proof = IdentityProof.createNow(clock);
        pass(Duration.ofMinutes(10));
        IdentityProof kept = afterRestart(proof);
        assertTrue(kept.isRecent());
        pass(Duration.ofMinutes(4));
        assertTrue(kept.isRecent());
        pass(Duration.ofMinutes(1));
        assertFalse(kept.isRecent());
    }

    @Test
    public void theAgeGoesOnOverARestartAlsoIfTheWallClockWasSetBackBefore() {
        IdentityProof proof = IdentityProof.createNow(clock);
        pass(Duration.ofMinutes(10));
        wall.pass(Duration.ofHours(-5));
        IdentityProof kept = afterRestart(proof);
        pass(Duration.ofMinutes(4));
        assertTrue(kept.isRecent());
        pass(Duration.ofMinutes(1));
        assertFalse(kept.isRecent());
    }

    @Test
    public void aDeviceThatBootsWithASlowClockNoticesOnceTheClockIsSet() {
        IdentityProof proof = IdentityProof.createNow(clock);
        pass(Duration.ofMinutes(1));
        IdentityProof kept = afterRestart(proof);
        assertTrue("three hours without power, which it does not yet know of", kept.isRecent());
        wall.pass(Duration.ofHours(3));
        assertFalse(kept.isRecent());
    }

    @Test
    public void aRecordOfTheFutureOrOfNoTimeIsNoProof() {
        List<Instant> impossible = List.of(wall.instant().plusNanos(1), Instant.MAX, Instant.MIN);
        for (Optional<Instant> recorded : Stream.concat(impossible.stream().map(Optional::of), Stream.of(Optional.<Instant>empty())).toList()) {
            IdentityProof proof = IdentityProof.fromRecord(recorded, clock);
            assertFalse(recorded + "", proof.isRecent());
            pass(Duration.ofDays(1));
            assertFalse("nor when that time has come", proof.isRecent());
            assertEquals(Optional.empty(), proof.toRecord());
        }
    }
}
