package org.catseye.core.access.password;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password hash with all parameters that are needed to check a password, as the PHC string
 * {@code $argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>}, Base64 without padding (the form of the reference
 * implementation of Argon2).
 *
 * @param memory KiB
 * @param passes over the memory
 * @param lanes computed in parallel
 */
public record PasswordHash(int memory, int passes, int lanes, byte[] salt, byte[] hash) {

    /** Limits for hashes from a file: a damaged file must not use up the heap or the processor. */
    private static final int MAX_MEMORY = 32 * 1024;
    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 4;

    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** @throws IllegalArgumentException if the text is not such a string; the message does not contain it */
    public static PasswordHash parsePhc(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a hash of the form $argon2id$v=19$m=..,t=..,p=..$salt$hash");
        }
        int memory = Integer.parseInt(form.group(1));
        int passes = Integer.parseInt(form.group(2));
        int lanes = Integer.parseInt(form.group(3));
        if (lanes < 1 || lanes > MAX_LANES || passes < 1 || passes > MAX_PASSES || memory < 8 * lanes || memory > MAX_MEMORY) {
            throw new IllegalArgumentException("asks for m=" + memory + ",t=" + passes + ",p=" + lanes + "; allowed are m up to "
                    + MAX_MEMORY + ", t up to " + MAX_PASSES + ", p up to " + MAX_LANES);
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(memory, passes, lanes, base64.decode(form.group(4)), base64.decode(form.group(5)));
    }

    /** The PHC string. */
    public String toPhc() {
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
