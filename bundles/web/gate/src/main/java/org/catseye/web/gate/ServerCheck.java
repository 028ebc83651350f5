package org.catseye.web.gate;

import java.util.Map;
import java.util.TreeSet;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the web server's own form from being saved: it holds ports and addresses, which are options of the start and would not be any more,
 * and one wrong number of many leaves no web to mend it in, over a restart too. Who has a shell can still write the file.
 */
@Component(property = ConfigurationCheck.PID + "=" + ServerCheck.SERVER)
public final class ServerCheck implements ConfigurationCheck {

    static final String SERVER = "org.apache.felix.http";

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        for (String key : new TreeSet<>(values.keySet())) {
            // The form shows passwords of key stores, too: no value is repeated.
            if (!key.equals("service.pid")) {
                throw new BadValueException(SERVER, key, "...", "left to the start (bin/catseye --help: --port, --https-port, --bind): "
                        + "a wrong value here would take the web away. If need be, write it into the file config/" + SERVER + ".config");
            }
        }
    }
}
