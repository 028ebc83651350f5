package org.catseye.capture.v4l2.settings;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link Settings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + V4l2Config.PID)
public final class V4l2Check implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Settings.parseSettings(values);
    }
}
