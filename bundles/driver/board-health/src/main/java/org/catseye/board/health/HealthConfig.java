package org.catseye.board.health;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the board's health; PID {@value #PID}. {@link HealthSettings} reads and checks the values. */
@ObjectClassDefinition(name = "Catseye: health of the board", description = "Watches the power supply, the temperature, the storage and the clock of"
    + " the board that Catseye runs on.")
public @interface HealthConfig {

    String PID = "org.catseye.board.health";

    /** Limits and default of {@link #intervalSeconds()}. */
    int MAX_INTERVAL_SECONDS = 300;
    int DEFAULT_INTERVAL_SECONDS = 5;

    /** Limits and default of {@link #temperatureLimit()}: the firmware of a Raspberry Pi slows it down from 80 °C. */
    int MIN_TEMPERATURE = 40;
    int MAX_TEMPERATURE = 110;
    int DEFAULT_TEMPERATURE = 80;

    /** Limits and default of {@link #minFreeMib()}. */
    int MAX_FREE_MIB = 100_000;
    int DEFAULT_FREE_MIB = 200;

    String DEFAULT_ROOT = "/";

    @AttributeDefinition(name = "Interval", description = "How often the board is read, in seconds, 1 to " + MAX_INTERVAL_SECONDS + ".")
    int intervalSeconds() default DEFAULT_INTERVAL_SECONDS;

    @AttributeDefinition(name = "Temperature limit", description = "The processor is too hot from this temperature, in degrees Celsius, "
        + MIN_TEMPERATURE + " to " + MAX_TEMPERATURE + ".")
    int temperatureLimit() default DEFAULT_TEMPERATURE;

    @AttributeDefinition(name = "Free space", description = "The disk that holds the home is nearly full below this, in MiB, 1 to "
        + MAX_FREE_MIB + ".")
    int minFreeMib() default DEFAULT_FREE_MIB;

    @AttributeDefinition(name = "System folder", description = "The folder that contains proc, sys, run and etc. Only tests need another one.")
    String root() default DEFAULT_ROOT;
}
