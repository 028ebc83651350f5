package org.catseye.capture.v4l2.settings;

import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;

/** Configurations for tests. */
public final class Given {

    public static final String PID = "org.catseye.capture.v4l2~bay1";

    /** @param keysAndValues alternating */
    public static Map<String, Object> properties(Object... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("service.pid", PID));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    public static Settings settings(Object... keysAndValues) throws BadValueException {
        return Settings.parseSettings(properties(keysAndValues));
    }

    private Given() {
    }
}
