package org.catseye.capture.lkv373a;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Tells a form what {@link Settings} would refuse. */
@Component(property = ConfigurationCheck.PID + "=" + Lkv373aConfig.PID)
public final class Lkv373aCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Settings.of(values);
    }
}
