package org.catseye.auth.file;

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
 * The 30,000 commonest passwords of published breaches, as the library zxcvbn has them, and what people call such a device. The list is a resource
 * of 240 kB that is read through when a password is set, and not held: that happens twice a year.
 */
final class KnownPasswords {

    private static final String LIST = "/com/nulabinc/zxcvbn/matchers/dictionaries/passwords.txt";

    /** What is not on that list, and tried all the same. */
    private static final Set<String> TRIED_TOO = Set.of("catseye", "tinypilot", "pikvm", "raspberry", "raspberrypi", "kvmkvmkvm", "administrator", "adminadmin",
            "default", "changeit", "qwertz", "passwort", "superuser", "rootroot", "testtest", "michelle", "jennifer", "0123456789", "87654321", "987654321",
            "123123123", "12341234");

    /** Shorter ones stand at the beginning of too much that is good. */
    private static final int SHORTEST_STEM = 5;
    private static final int MOST_APPENDED = 4;

    private KnownPasswords() {
    }

    /** Whether it is one of them, written in capitals, with digits for letters, or with up to four digits or signs behind it. */
    static boolean contain(String password) {
        Set<String> forms = forms(password.toLowerCase(Locale.ROOT));
        if (forms.stream().anyMatch(TRIED_TOO::contains)) {
            return true;
        }
        try (InputStream in = KnownPasswords.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IOException("it is not in this bundle");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines().anyMatch(forms::contains);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of known passwords cannot be read", e);
        }
    }

    private static Set<String> forms(String password) {
        Set<String> forms = new HashSet<>(List.of(password, spelled(password)));
        int end = password.length();
        for (int cut = 0; cut < MOST_APPENDED && end > SHORTEST_STEM && !Character.isLetter(password.charAt(end - 1)); cut++) {
            end--;
            forms.add(password.substring(0, end));
            forms.add(spelled(password.substring(0, end)));
        }
        return forms;
    }

    /** With letters for the digits and signs that are written for them. */
    private static String spelled(String password) {
        return password.replace('0', 'o').replace('1', 'i').replace('3', 'e').replace('4', 'a').replace('5', 's').replace('7', 't').replace('@', 'a').replace('$', 's')
                .replace('!', 'i');
    }
}
