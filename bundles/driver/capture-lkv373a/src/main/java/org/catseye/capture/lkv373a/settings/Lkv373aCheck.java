package org.catseye.capture.lkv373a.settings;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link Settings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + Lkv373aConfig.PID)
public final class Lkv373aCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Settings.parseSettings(values);
    }
}
