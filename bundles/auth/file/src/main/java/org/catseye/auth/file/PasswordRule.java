package org.catseye.auth.file;

import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;

/** What a new password must be: {@value #FEWEST} to {@value #MOST} characters, and none of those that are tried first. */
final class PasswordRule {

    static final int FEWEST = 8;
    static final int MOST = 1024;

    /** No known password is longer. */
    private static final int LONGEST_KNOWN = 40;

    private PasswordRule() {
    }

    /** @throws AccessException WEAK_PASSWORD, saying what would be right */
    static void check(char[] password) throws AccessException {
        if (password.length < FEWEST) {
            throw weak("The password is too short: " + FEWEST + " to " + MOST + " characters are needed.");
        }
        if (password.length > MOST) {
            throw weak("The password is too long: " + FEWEST + " to " + MOST + " characters are needed.");
        }
        if (oneCharacter(password) || (password.length <= LONGEST_KNOWN && KnownPasswords.contain(new String(password)))) {
            throw weak("This password is among the first that anybody tries. Take another, for example three words that do not belong together.");
        }
    }

    private static boolean oneCharacter(char[] password) {
        for (char c : password) {
            if (c != password[0]) {
                return false;
            }
        }
        return true;
    }

    private static AccessException weak(String message) {
        return new AccessException(Reason.WEAK_PASSWORD, message);
    }
}
