package org.catseye.access.spi;

import java.util.Objects;
import java.util.Set;

/**
 * The second factor of a user: time-based codes and recovery codes. Immutable.
 *
 * @param secret Base32
 * @param lastStep the time step of the last used code: codes up to this step are void
 * @param recoveryHashes hexadecimal SHA-256 of the remaining recovery codes
 */
public record SecondFactorRecord(String secret, long lastStep, Set<String> recoveryHashes) {

    public SecondFactorRecord {
        Objects.requireNonNull(secret, "secret");
        recoveryHashes = Set.copyOf(recoveryHashes);
    }

    /** Without the secrets, so that they reach no log. */
    @Override
    public String toString() {
        return "SecondFactorRecord[]";
    }
}
