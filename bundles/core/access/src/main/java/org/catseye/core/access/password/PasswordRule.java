package org.catseye.core.access.password;

import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;

/** The rule for new passwords: {@value #MIN_CHARS} to {@value #MAX_CHARS} characters, and not one of those that attackers try first. */
public final class PasswordRule {

    static final int MIN_CHARS = 8;
    public static final int MAX_CHARS = 1024;

    /** All known passwords are shorter. */
    private static final int MAX_KNOWN_CHARS = 40;

    private PasswordRule() {
    }

    /** @throws AccessException WEAK_PASSWORD; the message explains the rule */
    public static void checkPassword(char[] password) throws AccessException {
        if (password.length < MIN_CHARS) {
            throw weakPassword("The password is too short: " + MIN_CHARS + " to " + MAX_CHARS + " characters are required.");
        }
        if (password.length > MAX_CHARS) {
            throw weakPassword("The password is too long: " + MIN_CHARS + " to " + MAX_CHARS + " characters are required.");
        }
        if (isOneCharacter(password) || (password.length <= MAX_KNOWN_CHARS && KnownPasswords.isKnown(new String(password)))) {
            throw weakPassword("Attackers try this password first. Choose another one, for example three unrelated words.");
        }
    }

    private static boolean isOneCharacter(char[] password) {
        for (char c : password) {
            if (c != password[0]) {
                return false;
            }
        }
        return true;
    }

    private static AccessException weakPassword(String message) {
        return new AccessException(Reason.WEAK_PASSWORD, message);
    }
}
