package org.catseye.qemu;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link QemuSettings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + QemuConfig.PID)
public final class QemuCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        QemuSettings.parseSettings(values);
    }
}
