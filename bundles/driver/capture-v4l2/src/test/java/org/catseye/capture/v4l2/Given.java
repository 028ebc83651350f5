package org.catseye.capture.v4l2;

import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;

/** Configurations for tests. */
final class Given {

    static final String PID = "org.catseye.capture.v4l2~bay1";

    /** Keys and values in turn. */
    static Map<String, Object> properties(Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", PID));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    static Settings settings(Object... keysAndValues) throws BadValueException {
        return Settings.of(properties(keysAndValues));
    }

    private Given() {
    }
}
