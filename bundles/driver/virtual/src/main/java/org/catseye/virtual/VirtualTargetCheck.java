package org.catseye.virtual;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link Settings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + VirtualTargetConfig.PID)
public final class VirtualTargetCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Settings.parseSettings(values);
    }
}
