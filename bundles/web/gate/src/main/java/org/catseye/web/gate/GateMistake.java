package org.catseye.web.gate;

import org.catseye.config.BadValueException;

/** What is wrong with a value of the gate's configuration, in words: short and on one line, whatever the value is. The gate goes on without it. */
final class GateMistake {

    private GateMistake() {
    }

    /** @param right what it has to be, for words behind "it has to be" */
    static String of(String key, Object value, String right) {
        return new BadValueException(GateConfig.PID, key, value, right).getMessage();
    }
}
