package org.catseye.core.access.users;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names that people could confuse, because they differ only by letter case, blanks, trailing dots or forms of the same characters. They are not given
 * to two users, two roles, or two API tokens of a user.
 */
public final class SimilarNames {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern TRAILING_DOTS = Pattern.compile("[.\\s]+$");

    /** Control characters, invisible ones such as a zero-width space or a change of the writing direction, and code points without a character. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u2800\\u3164\\uffa0\\ufe00-\\ufe0f]");

    private SimilarNames() {
    }

    /** Whether a name has no characters that people can't see. */
    public static boolean isVisible(String name) {
        return !INVISIBLE.matcher(name).find();
    }

    /** @return one of the existing names that could be confused with this one; the same name if it exists */
    public static Optional<String> findSimilar(Collection<String> existing, String name) {
        String wanted = toComparableName(name);
        return existing.contains(name) ? Optional.of(name) : existing.stream().filter(other -> toComparableName(other).equals(wanted)).sorted().findFirst();
    }

    private static String toComparableName(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return TRAILING_DOTS.matcher(BLANKS.matcher(folded.strip()).replaceAll(" ")).replaceFirst("");
    }
}
