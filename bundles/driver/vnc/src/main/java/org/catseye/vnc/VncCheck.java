package org.catseye.vnc;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link VncSettings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + VncConfig.PID)
public final class VncCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        VncSettings.parseSettings(values);
    }
}
