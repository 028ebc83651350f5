package org.catseye.config;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Numbers for parts without which nobody gets in, or can do anything: what cannot be used is told, and replaced. */
public final class Limits {

    private Limits() {
    }

    /**
     * A number of a configuration, or its standard.
     *
     * @param pid of the configuration
     * @param key of the number
     * @param value reads it; a word where the number belongs makes it throw
     * @param told hears, in one line, what was wrong, what would be right and what is used instead
     */
    public static int within(String pid, String key, IntSupplier value, int least, int most, int standard, Consumer<String> told) {
        String wrong;
        try {
            int given = value.getAsInt();
            if (given >= least && given <= most) {
                return given;
            }
            wrong = "'" + given + "'";
        } catch (RuntimeException noNumber) {
            wrong = "no number";
        }
        told.accept(pid + ": " + key + " is " + wrong + "; it has to be " + least + " to " + most + "; " + standard + " is used instead");
        return standard;
    }
}
