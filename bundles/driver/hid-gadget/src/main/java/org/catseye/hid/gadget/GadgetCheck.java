package org.catseye.hid.gadget;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link GadgetSettings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + GadgetConfig.PID)
public final class GadgetCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        GadgetSettings.parseSettings(values);
    }
}
