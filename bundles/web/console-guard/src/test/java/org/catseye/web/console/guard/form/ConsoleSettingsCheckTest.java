package org.catseye.web.console.guard.form;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class ConsoleSettingsCheckTest {

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
