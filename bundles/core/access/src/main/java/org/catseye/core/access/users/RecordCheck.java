package org.catseye.core.access.users;

import java.io.IOException;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;
import org.catseye.core.access.password.PasswordHash;

/** Checks records that come from a store. Faults name the place and contain no content, which is secret. */
final class RecordCheck {

    private RecordCheck() {
    }

    /** @throws IOException naming the first fault */
    static void checkRecords(UserRecords records) throws IOException {
        for (UserRecord user : records.users().values()) {
            if (!GrantRule.isName(user.name())) {
                throw new IOException("users: a name may have 1 to 64 letters, digits and . _ @ -, beginning with a letter or digit");
            }
            try {
                PasswordHash.parsePhc(user.passwordHash());
            } catch (IllegalArgumentException e) {
                throw new IOException("users." + user.name() + ".password: " + e.getMessage());
            }
            try {
                user.secondFactor().ifPresent(Totp::new);
            } catch (RuntimeException e) {
                throw new IOException("users." + user.name() + ".totp.secret: is not Base32 of at least 128 bits");
            }
        }
    }
}
