package org.catseye.web.console.guard.form;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class ReservedKeysTest {

    @Test
    public void ordersToTheFrameworkAreRefusedForConfigurationsOfTheProduct() {
        for (String key : List.of("osgi.http.whiteboard.target", "service.ranking", "guard.target", "users.cardinality.minimum", "felix.x")) {
            BadValueException refused = assertThrows(key, BadValueException.class, () -> ReservedKeys.check("org.catseye.web.gate", List.of("hostNames", key)));
            assertTrue(refused.getMessage(), refused.getMessage().contains(key));
        }
    }

    @Test
    public void settingsOfComponentsAndForeignConfigurationsAreFree() throws BadValueException {
        ReservedKeys.check("org.catseye.virtual.target", List.of("kvm.target", "kvm.label", "fps", "service.pid", "service.factoryPid"));
        ReservedKeys.check("com.example", List.of("x.target", "service.ranking"));
    }

    @Test
    public void theConsolesOwnFormIsLeftAsItIs() throws BadValueException {
        ConsoleSettingsCheck check = new ConsoleSettingsCheck();
        for (String key : List.of("manager.root", "username", "password", "realm", "http.service.filter", "plugins", "anything")) {
            BadValueException refused = assertThrows(key, BadValueException.class, () -> check.checkValues(Map.of("service.pid", "x", key, "secret value")));
            assertTrue(refused.getMessage(), refused.getMessage().contains(key) && !refused.getMessage().contains("secret value"));
        }
        check.checkValues(Map.of("service.pid", "x", "locale", "en"));
    }
}
