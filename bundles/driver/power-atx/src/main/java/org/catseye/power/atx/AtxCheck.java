package org.catseye.power.atx;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link AtxSettings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + AtxConfig.PID)
public final class AtxCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        AtxSettings.parseSettings(values);
    }
}
