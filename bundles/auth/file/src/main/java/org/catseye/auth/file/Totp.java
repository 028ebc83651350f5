package org.catseye.auth.file;

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
import org.catseye.secrets.Secrets;

/**
 * One user's second factor: RFC 6238 with SHA-1, six digits and thirty seconds, which is what every app knows.
 *
 * @param secret Base32 of 160 bits
 * @param lastStep the time step of the code that was used last: it and those before are void (RFC 6238, 5.2)
 * @param recovery hexadecimal SHA-256 of the recovery codes that are left. 80 random bits each, so a plain hash is enough
 */
record Totp(String secret, long lastStep, Set<String> recovery) {

    static final int RECOVERY_CODES = 10;

    private static final int STEP_SECONDS = 30;
    /** Steps that clock and typing may be off. */
    private static final int TOLERANCE = 1;
    private static final int DIGITS_MODULUS = 1_000_000;

    Totp {
        recovery = Set.copyOf(recovery);
        if (Base32.decode(secret).length < 16) {
            throw new IllegalArgumentException("the secret is shorter than 128 bits");
        }
    }

    static Totp fresh() {
        return new Totp(Base32.toBase32String(Secrets.random(20)), 0, Set.of());
    }

    /** Codes for people to keep on paper: {@code XXXX-XXXX-XXXX-XXXX}. */
    static List<String> recoveryCodes() {
        return Stream.generate(() -> Base32.toBase32String(Secrets.random(10)).replaceAll("(.{4})(?!$)", "$1-")).limit(RECOVERY_CODES).toList();
    }

    Totp withRecovery(List<String> codes) {
        Set<String> hashes = new HashSet<>();
        codes.forEach(code -> hashes.add(hash(plain(code))));
        return new Totp(secret, lastStep, hashes);
    }

    /** What is left after {@code code} was used; empty if it is wrong or void. */
    Optional<Totp> use(String code, Instant now) {
        String plain = plain(code);
        if (plain.matches("[0-9]{6}")) {
            return useDigits(plain, now.getEpochSecond() / STEP_SECONDS);
        }
        String hash = hash(plain);
        if (!recovery.contains(hash)) {
            return Optional.empty();
        }
        Set<String> left = new HashSet<>(recovery);
        left.remove(hash);
        return Optional.of(new Totp(secret, lastStep, left));
    }

    private Optional<Totp> useDigits(String digits, long now) {
        for (long step = Math.max(now - TOLERANCE, lastStep + 1); step <= now + TOLERANCE; step++) {
            if (Secrets.same(code(step), digits)) {
                return Optional.of(new Totp(secret, step, recovery));
            }
        }
        return Optional.empty();
    }

    /** The six digits of a time step (RFC 4226, 5.3). */
    String code(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base32.decode(secret), "RAW"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int truncated = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", truncated % DIGITS_MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static String hash(String plainCode) {
        return HexFormat.of().formatHex(Secrets.digest(plainCode));
    }

    /** Holds secrets. */
    @Override
    public String toString() {
        return "Totp[]";
    }
}
