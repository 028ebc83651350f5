package org.catseye.core.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** The app on a person's phone: computes codes by itself, so that a mistake of ours does not cancel out. */
final class Codes {

    private Codes() {
    }

    static String of(String secret, Instant now) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(Base32.decode(secret), "RAW"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array());
        int number = ByteBuffer.wrap(hash).getInt(hash[19] & 0xf) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }
}
