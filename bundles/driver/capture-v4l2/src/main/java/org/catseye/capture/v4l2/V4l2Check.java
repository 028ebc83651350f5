package org.catseye.capture.v4l2;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Tells a form what {@link Settings} would refuse. */
@Component(property = ConfigurationCheck.PID + "=" + V4l2Config.PID)
public final class V4l2Check implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Settings.of(values);
    }
}
