package org.catseye.auth.file;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password hash with all that is needed to check a password against it, as the PHC string
 * {@code $argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>}, Base64 without padding (the form of the reference
 * implementation of Argon2).
 *
 * @param memory KiB
 * @param passes over the memory
 * @param lanes computed side by side
 */
record PasswordHash(int memory, int passes, int lanes, byte[] salt, byte[] hash) {

    /** What a file may ask for; more would let a damaged file use up the heap or the processor. */
    private static final int MOST_MEMORY = 32 * 1024;
    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 4;

    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** @throws IllegalArgumentException if this is no such string; the message does not hold it */
    static PasswordHash parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a hash of the form $argon2id$v=19$m=..,t=..,p=..$salt$hash");
        }
        int memory = Integer.parseInt(form.group(1));
        int passes = Integer.parseInt(form.group(2));
        int lanes = Integer.parseInt(form.group(3));
        if (lanes < 1 || lanes > MOST_LANES || passes < 1 || passes > MOST_PASSES || memory < 8 * lanes || memory > MOST_MEMORY) {
            throw new IllegalArgumentException("asks for m=" + memory + ",t=" + passes + ",p=" + lanes + "; allowed are m up to "
                    + MOST_MEMORY + ", t up to " + MOST_PASSES + ", p up to " + MOST_LANES);
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(memory, passes, lanes, base64.decode(form.group(4)), base64.decode(form.group(5)));
    }

    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes
                + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Without salt and hash, so that they reach no log. */
    @Override
    public String toString() {
        return "PasswordHash[m=" + memory + ",t=" + passes + ",p=" + lanes + "]";
    }
}
