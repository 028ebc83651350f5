package org.catseye.web.console.guard.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.webconsole.spi.ValidationException;
import org.catseye.config.BadValueException;
import org.catseye.settings.SettingsAdministration;
import org.junit.Test;

public class FormCheckTest {

    private final List<String> asked = new ArrayList<>();
    private final FormCheck form = new FormCheck((SettingsAdministration) Proxy.newProxyInstance(FormCheckTest.class.getClassLoader(),
            new Class<?>[] {SettingsAdministration.class}, (proxy, method, arguments) -> {
                asked.add(method.getName() + List.of(arguments));
                if (String.valueOf(arguments[2]).contains("abc")) {
                    throw new BadValueException("org.example.part", "hours", "abc", "a whole number");
                }
                return null;
            }));

    @Test
    public void theSettingsDecide() throws Exception {
        form.updateConfiguration(null, "org.example.part", new Hashtable<>(Map.of("hours", 5)));
        form.updateConfiguration("org.example.part", "org.example.part~x", new Hashtable<>(Map.of("hours", 5)));
        assertEquals(List.of("checkValues[, Optional[org.example.part], {hours=5}]",
                "checkValues[org.example.part, Optional[org.example.part~x], {hours=5}]"), asked);
        ValidationException refused = assertThrows(ValidationException.class,
                () -> form.updateConfiguration(null, "org.example.part", new Hashtable<>(Map.of("hours", "abc"))));
        assertEquals("org.example.part: hours is 'abc'; it has to be a whole number", refused.getMessage());
    }

    @Test
    public void thePlaceholderOfANewConfigurationIsNoPid() throws Exception {
        form.updateConfiguration("org.example.part", "[Temporary PID replaced by real PID upon save]", new Hashtable<>(Map.of("hours", 5)));
        assertEquals(List.of("checkValues[org.example.part, Optional.empty, {hours=5}]"), asked);
    }

    @Test
    public void withoutValuesThereIsNothingToCheck() {
        form.createConfiguration("org.example.part");
        form.createFactoryConfiguration("org.example.part", "x");
        form.deleteConfiguration(null, "org.example.part");
        assertEquals(List.of(), asked);
    }
}
