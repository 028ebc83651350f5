package org.catseye.core.access.users;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.util.encoders.Base32;
import org.catseye.access.spi.SecondFactorRecord;
import org.junit.Test;

public class TotpTest {

    @Test
    public void theCodesAreThoseOfTheStandard() {
        // RFC 6238, appendix B: the last six of the eight digits for SHA-1.
        String secret = Base32.toBase32String("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
        Map<Long, String> known = Map.of(59L, "287082", 1111111109L, "081804", 1111111111L, "050471", 1234567890L, "005924", 2000000000L, "279037", 20000000000L, "353130");
        known.forEach((time, digits) -> {
            assertEquals(digits, new Totp(new SecondFactorRecord(secret, 0, Set.of())).computeCode(time / 30));
            assertTrue(new Totp(new SecondFactorRecord(secret, 0, Set.of())).consumeCode(digits, Instant.ofEpochSecond(time)).isPresent());
        });
    }

    @Test
    public void aCodeIsGoodForHalfAMinuteAndAStepOnEitherSide() {
        Totp factor = Totp.createRandom();
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        String digits = factor.computeCode(now.getEpochSecond() / 30);
        for (int steps = -3; steps <= 3; steps++) {
            assertEquals("off by " + steps, Math.abs(steps) <= 1, factor.consumeCode(digits, now.plusSeconds(30L * steps)).isPresent());
        }
        assertTrue("as people type it", factor.consumeCode(digits.substring(0, 3) + " " + digits.substring(3), now).isPresent());
    }

    @Test
    public void aClockThatWasAheadOnceLocksOutNoUserAndUsedCodesStayVoid() {
        Totp factor = Totp.createRandom();
        Instant now = Instant.parse("2026-01-31T12:00:00Z");
        Instant ahead = now.plus(Duration.ofDays(3650));
        Totp used = factor.consumeCode(factor.computeCode(ahead.getEpochSecond() / 30), ahead).orElseThrow();
        String digits = factor.computeCode(now.getEpochSecond() / 30);
        Totp corrected = used.consumeCode(digits, now).orElseThrow();
        assertFalse("once", corrected.consumeCode(digits, now).isPresent());
        assertFalse("a step back", corrected.consumeCode(digits, now.minusSeconds(30)).isPresent());
        assertFalse("five minutes back", corrected.consumeCode(digits, now.minusSeconds(300)).isPresent());
    }
}
