package org.catseye.config;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Checks the values of a configuration before they are saved, so that a form can refuse them before anything changes. Register it
 * as a service with the property {@link #PID}. The check covers everything that can be verified without a device, with the same
 * rules as the component that reads the values. It is not called when a user edits a file; in that case the component reports the
 * error in its state. Thread-safe; does not block.
 */
@ConsumerType
public interface ConfigurationCheck {

    /** Service property, a String: the PID or factory PID whose values are checked. */
    String PID = "catseye.config.pid";

    /**
     * Checks the values.
     *
     * @param values values by key, of any type; {@code service.pid} is the PID of the configuration. A missing value has its
     *     default
     * @throws BadValueException for the first value that can't be used
     */
    void checkValues(Map<String, ?> values) throws BadValueException;
}
