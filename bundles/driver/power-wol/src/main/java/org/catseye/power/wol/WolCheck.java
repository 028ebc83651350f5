package org.catseye.power.wol;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link WolSettings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + WolConfig.PID)
public final class WolCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        WolSettings.parseSettings(values);
    }
}
