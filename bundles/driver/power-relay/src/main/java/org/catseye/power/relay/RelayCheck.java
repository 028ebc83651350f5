package org.catseye.power.relay;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link RelaySettings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + RelayConfig.PID)
public final class RelayCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        RelaySettings.parseSettings(values);
    }
}
