package org.catseye.power.http;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link HttpSettings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + HttpConfig.PID)
public final class HttpCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        HttpSettings.parseSettings(values);
    }
}
