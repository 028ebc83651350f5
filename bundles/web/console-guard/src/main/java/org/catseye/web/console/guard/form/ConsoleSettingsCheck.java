package org.catseye.web.console.guard.form;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;

/**
 * Prevents the web console's own settings from being saved in a form. They include the path of the console, which could hide the
 * product (for example at /api/v1), and a separate user and password.
 */
@Component(property = ConfigurationCheck.PID + "=" + ConsoleSettingsCheck.CONSOLE)
public final class ConsoleSettingsCheck implements ConfigurationCheck {

    static final String CONSOLE = "org.apache.felix.webconsole.internal.servlet.OsgiManager";
    private static final Set<String> HARMLESS = Set.of(Constants.SERVICE_PID, "locale", "category", "default.render");

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!HARMLESS.contains(key)) {
                // One of the values may be a password, so the message contains no value.
                throw new BadValueException(CONSOLE, key, "...", "left as it is: a wrong place would keep everyone out, and users and passwords are Catseye's own. "
                        + "If need be, write it into the file config/" + CONSOLE + ".config");
            }
        }
    }
}
