package org.catseye.web.gate.config;

import java.util.Map;
import java.util.TreeSet;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/**
 * Prevents users from saving the web server's own form. It holds ports and addresses, which the launcher sets. One wrong number there would stop
 * the web server, also after a restart, and with it the form to correct it. The file can still be edited.
 */
@Component(property = ConfigurationCheck.PID + "=" + ServerSettingsCheck.SERVER)
public final class ServerSettingsCheck implements ConfigurationCheck {

    static final String SERVER = "org.apache.felix.http";

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        for (String key : new TreeSet<>(values.keySet())) {
            // The form also shows passwords of key stores, so no value is repeated.
            if (!key.equals("service.pid")) {
                throw new BadValueException(SERVER, key, "...", "left to the start (bin/catseye --help: --port, --https-port, --bind): "
                        + "a wrong value here would stop the web server. If need be, write it into the file config/" + SERVER + ".config");
            }
        }
    }
}
