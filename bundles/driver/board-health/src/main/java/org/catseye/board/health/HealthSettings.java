package org.catseye.board.health;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * A checked configuration.
 *
 * @param interval between two readings
 * @param temperatureLimit in degrees Celsius
 * @param minFreeMib the disk is nearly full below this
 * @param root contains proc, sys, run and etc
 */
record HealthSettings(Duration interval, int temperatureLimit, int minFreeMib, Path root) {

    static final HealthSettings DEFAULT = new HealthSettings(Duration.ofSeconds(HealthConfig.DEFAULT_INTERVAL_SECONDS), HealthConfig.DEFAULT_TEMPERATURE,
        HealthConfig.DEFAULT_FREE_MIB, Path.of(HealthConfig.DEFAULT_ROOT));

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static HealthSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(HealthConfig.PID, properties);
        return new HealthSettings(
            Duration.ofSeconds(options.readNumber("intervalSeconds", HealthConfig.DEFAULT_INTERVAL_SECONDS, 1, HealthConfig.MAX_INTERVAL_SECONDS)),
            options.readNumber("temperatureLimit", HealthConfig.DEFAULT_TEMPERATURE, HealthConfig.MIN_TEMPERATURE, HealthConfig.MAX_TEMPERATURE),
            options.readNumber("minFreeMib", HealthConfig.DEFAULT_FREE_MIB, 1, HealthConfig.MAX_FREE_MIB),
            Path.of(options.readMatchingText("root", HealthConfig.DEFAULT_ROOT, "/[^\\x00]*", "an absolute path, such as /")));
    }
}
