package org.catseye.config;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Checks the values of a configuration before they are saved, so that a form can refuse them while nothing has changed yet. Register it as a
 * service with the property {@link #PID}. It checks everything that needs no device, in the same way as the component that reads the values.
 * It is not called for a file that a user edits: then the component reports the mistake as its state. Thread-safe; does not block.
 */
@ConsumerType
public interface ConfigurationCheck {

    /** Service property: the PID whose values it checks, or the PID of the factory; a String. */
    String PID = "catseye.config.pid";

    /**
     * Checks the values.
     *
     * @param values by key, of any type; {@code service.pid} is the configuration's own PID. A missing value has its default
     * @throws BadValueException for the first value that cannot be used
     */
    void checkValues(Map<String, ?> values) throws BadValueException;
}
