package org.catseye.board.health;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link HealthSettings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + HealthConfig.PID)
public final class HealthCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        HealthSettings.parseSettings(values);
    }
}
