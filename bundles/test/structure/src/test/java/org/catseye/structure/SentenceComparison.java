package org.catseye.structure;

import java.util.regex.Pattern;

/**
 * A place where code compares a text with a sentence. Sentences are for people: they change when they are edited or translated, so a state must
 * not depend on one.
 *
 * @param place the file, relative to the root of the sources, and the line
 * @param text the sentence, or the part of one
 */
record SentenceComparison(String place, String text) {

    /** Two words with a blank between them. */
    private static final Pattern TWO_WORDS = Pattern.compile("\\p{L}[\\p{Punct}]? +\\p{L}");

    static boolean isSentence(String text) {
        return TWO_WORDS.matcher(text).find();
    }
}
