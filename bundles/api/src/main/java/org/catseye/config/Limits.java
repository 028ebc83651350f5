package org.catseye.config;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Numbers for components without which no user could log in or do anything: a bad value is reported and replaced. */
public final class Limits {

    private Limits() {
    }

    /**
     * A number of a configuration, or its default.
     *
     * @param pid the configuration's PID
     * @param key the number's key
     * @param value reads it; throws if the value is no number
     * @param told gets one line with what is wrong, what is allowed and what is used instead
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
