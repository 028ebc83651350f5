package org.catseye.auth.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.secrets.Secrets;

/**
 * Hashes passwords with Argon2id, version 1.3 (RFC 9106), m = 12 MiB, t = 3, p = 1: one of the settings of equal strength in the
 * OWASP password storage cheat sheet, and the one that fits into a small heap. One at a time, because the whole process lives in
 * 96 MB; who waits is served in order, who would wait too long is sent away. Thread-safe.
 */
final class Passwords {

    static final int MEMORY = 12 * 1024;
    static final int PASSES = 3;
    static final int LANES = 1;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** More would hold up the web server's threads. */
    private static final int MOST_WAITING = 6;

    private final Semaphore one = new Semaphore(1, true);
    private final Duration patience;

    /** Salt for users who do not exist: guessing at them has to cost the same. */
    private final PasswordHash nobody = new PasswordHash(MEMORY, PASSES, LANES, Secrets.random(SALT_BYTES), new byte[HASH_BYTES]);

    /** @param patience the longest wait for the others who hash */
    Passwords(Duration patience) {
        this.patience = patience;
    }

    /** @throws AccessException TOO_MANY_ATTEMPTS if too many others hash */
    PasswordHash hash(char[] password) throws AccessException {
        byte[] salt = Secrets.random(SALT_BYTES);
        return new PasswordHash(MEMORY, PASSES, LANES, salt, compute(password, MEMORY, PASSES, LANES, salt, HASH_BYTES));
    }

    /** @throws AccessException TOO_MANY_ATTEMPTS if too many others hash */
    boolean matches(char[] password, PasswordHash known) throws AccessException {
        byte[] hash = compute(password, known.memory(), known.passes(), known.lanes(), known.salt(), known.hash().length);
        return MessageDigest.isEqual(hash, known.hash());
    }

    /** Takes as long as {@link #matches} does. */
    void matchNobody(char[] password) throws AccessException {
        matches(password, nobody);
    }

    /** Whether a hash was made with other settings than today's. */
    boolean outdated(PasswordHash known) {
        return known.memory() != MEMORY || known.passes() != PASSES || known.lanes() != LANES || known.hash().length != HASH_BYTES;
    }

    private byte[] compute(char[] password, int memory, int passes, int lanes, byte[] salt, int length) throws AccessException {
        enter();
        byte[] secret = new byte[0];
        try {
            secret = bytes(password);
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
            byte[] result = new byte[length];
            argon2.generateBytes(secret, result);
            return result;
        } finally {
            Arrays.fill(secret, (byte) 0);
            one.release();
        }
    }

    private void enter() throws AccessException {
        try {
            if (one.getQueueLength() < MOST_WAITING && one.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Many people log in just now. Try again in a moment.", Duration.ofSeconds(2));
    }

    /** UTF-8 in composed form (NFC): one keyboard sends e + accent where the other sends one letter. */
    private static byte[] bytes(char[] password) {
        CharBuffer chars = CharBuffer.wrap(password);
        if (!Normalizer.isNormalized(chars, Normalizer.Form.NFC)) {
            chars = CharBuffer.wrap(Normalizer.normalize(chars, Normalizer.Form.NFC));
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(chars);
        byte[] result = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        return result;
    }
}
