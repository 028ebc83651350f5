package org.catseye.core.config.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class SimilarName {

    /** Edits for each so many letters: one in a short name, more in a long one. */
    private static final int LETTERS_PER_EDIT = 3;

    /** No setting has a longer name, and comparing long ones would take much memory. */
    private static final int MAX_LENGTH = 100;

    private SimilarName() {
    }

    /** Empty if no name is similar. */
    public static Optional<String> findSimilar(String name, Collection<String> names) {
        return names.stream().filter(other -> isSimilar(name, other))
            .min(Comparator.<String>comparingInt(other -> countEdits(name, other)).thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isSimilar(String one, String two) {
        int longer = Math.max(one.length(), two.length());
        int allowed = Math.max(1, longer / LETTERS_PER_EDIT);
        return longer <= MAX_LENGTH && Math.abs(one.length() - two.length()) <= allowed && countEdits(one, two) <= allowed;
    }

    /** Letters that are missing, added, wrong or swapped; upper and lower case are the same. */
    static int countEdits(String one, String two) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = two.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : findCheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int findCheapest(int[][] edits, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
