package org.catseye.config;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at the values of a configuration before they are saved, so that a form can refuse them while nothing has changed yet. A service with
 * the property {@link #PID}; it looks at what can be known without the device, the same as the component that will read them. A file that
 * a person edits is not asked about: there the component reports the mistake as its state. Thread-safe; does not block.
 */
@ConsumerType
public interface ConfigurationCheck {

    /** Service property: the PID whose values it looks at, of a factory that of the factory; a String. */
    String PID = "catseye.config.pid";

    /**
     * Looks.
     *
     * @param values by key, of any type; {@code service.pid} is the configuration's own. What is absent has its default
     * @throws BadValueException naming the first that is not right
     */
    void checkValues(Map<String, ?> values) throws BadValueException;
}
