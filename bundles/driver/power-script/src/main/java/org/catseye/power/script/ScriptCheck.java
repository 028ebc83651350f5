package org.catseye.power.script;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Checks the values of a form with the same rules as {@link ScriptSettings}, before they are saved. */
@Component(property = ConfigurationCheck.PID + "=" + ScriptConfig.PID)
public final class ScriptCheck implements ConfigurationCheck {

    private final ScriptPlace place;

    @Activate
    public ScriptCheck(BundleContext context) {
        place = ScriptPlace.ofHome(Optional.ofNullable(context.getProperty(ScriptControl.HOME)).map(Path::of));
    }

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        ScriptSettings.parseSettings(values, place);
    }
}
