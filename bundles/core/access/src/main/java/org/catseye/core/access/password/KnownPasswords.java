package org.catseye.core.access.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The 30,000 most common passwords of published breaches, from the library zxcvbn, and the usual names of such a device. The list is a resource of
 * 240 kB. It is read when a password is set, and not kept in memory, because that is rare.
 */
final class KnownPasswords {

    private static final String LIST = "/com/nulabinc/zxcvbn/matchers/dictionaries/passwords.txt";

    /** Not on that list, but likely guesses. */
    private static final Set<String> ADDITIONAL = Set.of("catseye", "tinypilot", "pikvm", "raspberry", "raspberrypi", "kvmkvmkvm", "administrator", "adminadmin",
            "default", "changeit", "qwertz", "passwort", "superuser", "rootroot", "testtest", "michelle", "jennifer", "0123456789", "87654321", "987654321",
            "123123123", "12341234");

    /** Shorter stems begin too many good passwords. */
    private static final int MIN_STEM_CHARS = 5;
    private static final int MAX_APPENDED_CHARS = 4;

    private KnownPasswords() {
    }

    /** Whether this is a known password, also in upper case, with digits or signs for letters, or with up to four digits or signs appended. */
    static boolean isKnown(String password) {
        Set<String> forms = findForms(password.toLowerCase(Locale.ROOT));
        if (forms.stream().anyMatch(ADDITIONAL::contains)) {
            return true;
        }
        try (InputStream in = KnownPasswords.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IOException("this bundle doesn't contain it");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines().anyMatch(forms::contains);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of known passwords cannot be read", e);
        }
    }

    private static Set<String> findForms(String password) {
        Set<String> forms = new HashSet<>(List.of(password, replaceDigits(password)));
        int end = password.length();
        for (int cut = 0; cut < MAX_APPENDED_CHARS && end > MIN_STEM_CHARS && !Character.isLetter(password.charAt(end - 1)); cut++) {
            end--;
            forms.add(password.substring(0, end));
            forms.add(replaceDigits(password.substring(0, end)));
        }
        return forms;
    }

    /** Replaces digits and signs by the letters they stand for. */
    private static String replaceDigits(String password) {
        return password.replace('0', 'o').replace('1', 'i').replace('3', 'e').replace('4', 'a').replace('5', 's').replace('7', 't').replace('@', 'a').replace('$', 's')
                .replace('!', 'i');
    }
}
