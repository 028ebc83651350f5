package org.catseye.core.access.users;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.catseye.access.spi.SecondFactorRecord;
import org.catseye.secrets.Secrets;

/**
 * Checks the codes of one user's second factor: RFC 6238 with SHA-1, six digits and thirty seconds, which every app supports. Recovery codes have
 * 80 random bits, so a plain hash protects them. Immutable.
 */
public record Totp(SecondFactorRecord factor) {

    static final int RECOVERY_CODES = 10;

    private static final int STEP_SECONDS = 30;
    /** Steps by which the phone's clock and slow typing may be off. */
    private static final int TOLERANCE_STEPS = 1;
    /** Ten minutes: a clock that is corrected by less makes users wait, and no used code is valid again. */
    private static final int MAX_AHEAD_STEPS = 20;
    private static final int DIGITS_MODULUS = 1_000_000;
    private static final int MIN_SECRET_BYTES = 16;

    /** @throws RuntimeException if the secret is not Base32 of at least 128 bits */
    public Totp {
        if (Base32.decode(factor.secret()).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret is shorter than 128 bits");
        }
    }

    /** With a new secret and no recovery codes. */
    public static Totp createRandom() {
        return new Totp(new SecondFactorRecord(Base32.toBase32String(Secrets.random(20)), 0, Set.of()));
    }

    /** Codes for the user to keep on paper: {@code XXXX-XXXX-XXXX-XXXX}. */
    public static List<String> createRecoveryCodes() {
        return Stream.generate(() -> Base32.toBase32String(Secrets.random(10)).replaceAll("(.{4})(?!$)", "$1-")).limit(RECOVERY_CODES).toList();
    }

    public Totp withRecoveryCodes(List<String> codes) {
        Set<String> hashes = new HashSet<>();
        codes.forEach(code -> hashes.add(hashRecoveryCode(normalizeCode(code))));
        return new Totp(new SecondFactorRecord(factor.secret(), factor.lastStep(), hashes));
    }

    /** The factor after this code was used up; empty if the code is wrong or void. */
    public Optional<Totp> consumeCode(String code, Instant now) {
        String plain = normalizeCode(code);
        if (plain.matches("[0-9]{6}")) {
            return consumeDigits(plain, now.getEpochSecond() / STEP_SECONDS);
        }
        Set<String> remaining = new HashSet<>(factor.recoveryHashes());
        return remaining.remove(hashRecoveryCode(plain)) ? Optional.of(new Totp(new SecondFactorRecord(factor.secret(), factor.lastStep(), remaining)))
                : Optional.empty();
    }

    /**
     * A code and all before it are void once it was used (RFC 6238, 5.2). A last step in the future shows that the clock was ahead when that code
     * was used. It counts no more, or else the user could not log in until that time.
     */
    private Optional<Totp> consumeDigits(String digits, long nowStep) {
        boolean wasAhead = factor.lastStep() > nowStep + MAX_AHEAD_STEPS;
        long firstUnused = wasAhead ? 0 : factor.lastStep() + 1;
        for (long step = Math.max(nowStep - TOLERANCE_STEPS, firstUnused); step <= nowStep + TOLERANCE_STEPS; step++) {
            if (Secrets.same(computeCode(step), digits)) {
                return Optional.of(new Totp(new SecondFactorRecord(factor.secret(), step, factor.recoveryHashes())));
            }
        }
        return Optional.empty();
    }

    /** The six digits of a time step (RFC 4226, 5.3). */
    String computeCode(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base32.decode(factor.secret()), "RAW"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int truncated = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", truncated % DIGITS_MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    private static String normalizeCode(String code) {
        return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static String hashRecoveryCode(String normalizedCode) {
        return HexFormat.of().formatHex(Secrets.digest(normalizedCode));
    }
}
