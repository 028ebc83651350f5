package org.catseye.core.targets;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.catseye.targets.Target;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;

/** Refuses in a form what {@link ConfiguredTarget} would ignore. */
@Component(property = ConfigurationCheck.PID + "=" + ConfiguredTarget.PID)
public final class TargetCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Object id = values.get("id");
        if (id != null && !id.toString().matches(Target.ID_PATTERN)) {
            throw invalidId(values.get(Constants.SERVICE_PID), id);
        }
        PointerAreaOption.parse(values.get(Constants.SERVICE_PID), values.get(PointerAreaOption.KEY));
    }

    static BadValueException invalidId(Object pid, Object id) {
        return new BadValueException(String.valueOf(pid), "id", id,
            "1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit");
    }
}
