package org.catseye.access.spi;

import java.util.Objects;
import java.util.Set;

/**
 * A user's second factor: time-based codes and recovery codes. Immutable.
 *
 * @param secret the secret in Base32
 * @param lastStep the time step of the last code that was used; codes up to this step are no longer valid
 * @param recoveryHashes hexadecimal SHA-256 hashes of the unused recovery codes
 */
public record SecondFactorRecord(String secret, long lastStep, Set<String> recoveryHashes) {

    public SecondFactorRecord {
        Objects.requireNonNull(secret, "secret");
        recoveryHashes = Set.copyOf(recoveryHashes);
    }

    /** Omits the secrets so that they are never logged. */
    @Override
    public String toString() {
        return "SecondFactorRecord[]";
    }
}
