package org.catseye.core.targets;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class ConfiguredTargetTest {

    private static final String PID = "org.catseye.core.target~bay1";

    @Test
    public void aTargetHasItsIdAndALabel() {
        assertEquals("bay1 The mail server", described("bay1", " The mail server "));
        assertEquals("without a label the id is shown", "bay1 bay1", described("bay1", ""));
    }

    @Test
    public void whatCannotBeIsLeftOutAndBreaksNothing() {
        assertEquals(" x", described("", "x"));
        assertEquals(" x", described("../x", "x"));
        assertEquals("an empty list comes as null", " x", described(null, "x"));
        assertEquals("bay1 bay1", described("bay1", null));
    }

    @Test
    public void aFormIsToldTheSame() throws Exception {
        TargetCheck check = new TargetCheck();
        check.checkValues(Map.of("service.pid", PID, "id", "bay1"));
        check.checkValues(Map.of("service.pid", PID));
        assertEquals(PID + ": id is '../x'; it has to be 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit",
                assertThrows(BadValueException.class, () -> check.checkValues(Map.of("service.pid", PID, "id", "../x"))).getMessage());
    }

    /** @return id and label */
    private static String described(String id, String label) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", id);
        values.put("label", label);
        ConfiguredTarget.Config config = (ConfiguredTarget.Config) Proxy.newProxyInstance(ConfiguredTargetTest.class.getClassLoader(),
                new Class<?>[] {ConfiguredTarget.Config.class}, (proxy, method, arguments) -> values.get(method.getName()));
        ConfiguredTarget target = new ConfiguredTarget(config, Map.of("service.pid", PID));
        return target.id() + " " + target.label();
    }
}
