package org.catseye.web.gate.config;

import org.catseye.config.BadValueException;

/** Describes a wrong value in the gate's settings: short and on one line, whatever the value is. The gate works on without that value. */
public final class SettingError {

    private SettingError() {
    }

    /** @param expected what the value has to be, as the end of the sentence "it has to be .." */
    public static String describe(String key, Object value, String expected) {
        return new BadValueException(GateConfig.PID, key, value, expected).getMessage();
    }
}
