package org.catseye.auth.file;

import java.util.Locale;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;

/** What a new password must be: {@value #FEWEST} to {@value #MOST} characters, and none of those that are tried first. */
final class PasswordRule {

    static final int FEWEST = 8;
    static final int MOST = 1024;

    /** Those of at least eight characters at the top of the published lists, and what people call such a device. */
    private static final Set<String> COMMONEST = Set.of(
            "12345678", "123456789", "1234567890", "0123456789", "87654321", "987654321", "123123123", "12341234", "1q2w3e4r",
            "1q2w3e4r5t", "1qaz2wsx", "qwertyui", "qwertyuiop", "qwerty123", "qwerty12", "qwertz123", "asdfghjk", "asdfghjkl",
            "abcd1234", "abc12345", "a1b2c3d4", "password", "password1", "password12", "password123", "passw0rd", "p@ssw0rd",
            "p@ssword", "passwort", "iloveyou", "sunshine", "princess", "football", "baseball", "superman", "trustno1", "whatever",
            "letmein1", "welcome1", "changeme", "changeme1", "changeit", "computer", "internet", "starwars", "michelle", "jennifer",
            "administrator", "adminadmin", "admin123", "admin1234", "admin12345", "administrator1", "default1", "raspberry",
            "raspberrypi", "catseye1", "catseye123", "kvmkvmkvm", "tinypilot", "testtest", "test1234", "superuser", "rootroot");

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
        if (oneCharacter(password) || (password.length <= 32 && COMMONEST.contains(new String(password).toLowerCase(Locale.ROOT)))) {
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
