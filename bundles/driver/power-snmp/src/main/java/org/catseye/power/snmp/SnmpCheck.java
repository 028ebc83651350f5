package org.catseye.power.snmp;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link SnmpSettings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + SnmpConfig.PID)
public final class SnmpCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        SnmpSettings.parseSettings(values);
    }
}
