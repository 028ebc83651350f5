package org.catseye.core.targets;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Refuses in a form what {@link ConfiguredTarget} would ignore. */
@Component(property = ConfigurationCheck.PID + "=" + TargetConfig.PID)
public final class TargetCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        TargetOptions options = new TargetOptions(values);
        options.readId();
        options.readPointerArea();
    }
}
