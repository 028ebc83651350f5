package org.catseye.core.access.password;

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
 * OWASP password storage cheat sheet, and the one that fits into a small heap. One hash is computed at a time, because the whole process
 * lives in 96 MB. Requests wait in order, and are refused when they would wait too long. Thread-safe.
 */
public final class PasswordHasher {

    static final int MEMORY = 12 * 1024;
    static final int PASSES = 3;
    static final int LANES = 1;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /**
     * More waiting requests would block too many threads of the web server. It has five for logins, and four for users who prove their identity.
     */
    private static final int MAX_WAITING = 8;

    private final Semaphore turn = new Semaphore(1, true);
    private final Duration timeout;

    /** For user names that don't exist: guessing at them must take the same time. */
    private final PasswordHash unknownUserHash = new PasswordHash(MEMORY, PASSES, LANES, Secrets.random(SALT_BYTES), new byte[HASH_BYTES]);

    /** @param timeout how long a request waits for others that compute a hash */
    public PasswordHasher(Duration timeout) {
        this.timeout = timeout;
    }

    /** @throws AccessException TOO_MANY_ATTEMPTS if too many requests compute hashes */
    public PasswordHash hashPassword(char[] password) throws AccessException {
        byte[] salt = Secrets.random(SALT_BYTES);
        return new PasswordHash(MEMORY, PASSES, LANES, salt, computeHash(password, MEMORY, PASSES, LANES, salt, HASH_BYTES));
    }

    /** @throws AccessException TOO_MANY_ATTEMPTS if too many requests compute hashes */
    public boolean matchesHash(char[] password, PasswordHash known) throws AccessException {
        byte[] hash = computeHash(password, known.memory(), known.passes(), known.lanes(), known.salt(), known.hash().length);
        return MessageDigest.isEqual(hash, known.hash());
    }

    /** For a user name that doesn't exist: takes as long as {@link #matchesHash}. */
    public void matchUnknownUser(char[] password) throws AccessException {
        matchesHash(password, unknownUserHash);
    }

    /** Whether a hash was computed with other settings than the current ones. */
    public boolean isOutdated(PasswordHash known) {
        return known.memory() != MEMORY || known.passes() != PASSES || known.lanes() != LANES || known.hash().length != HASH_BYTES;
    }

    private byte[] computeHash(char[] password, int memory, int passes, int lanes, byte[] salt, int length) throws AccessException {
        waitForTurn();
        byte[] secret = new byte[0];
        try {
            secret = encodeComposed(password);
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
            byte[] result = new byte[length];
            argon2.generateBytes(secret, result);
            return result;
        } finally {
            Arrays.fill(secret, (byte) 0);
            turn.release();
        }
    }

    private void waitForTurn() throws AccessException {
        try {
            if (turn.getQueueLength() < MAX_WAITING && turn.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AccessException(Reason.TOO_MANY_ATTEMPTS, "Many users are logging in right now. Try again in a moment.", Duration.ofSeconds(2));
    }

    /** UTF-8 in composed form (NFC), because some keyboards send a letter and an accent where others send one character. */
    private static byte[] encodeComposed(char[] password) {
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
