package org.catseye.web.gate;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.catseye.web.gate.config.GateConfig;

/** A configuration in which everything that is not given has its default. */
public final class FakeConfig {

    private FakeConfig() {
    }

    public static GateConfig withValues(Map<String, Object> given) {
        return (GateConfig) Proxy.newProxyInstance(FakeConfig.class.getClassLoader(), new Class<?>[] {GateConfig.class},
                (proxy, method, arguments) -> {
                    Object value = given.getOrDefault(method.getName(), method.getDefaultValue());
                    if (method.getReturnType() == int.class && value instanceof String text) {
                        // As Declarative Services does: only when it is asked for.
                        throw new NumberFormatException(text);
                    }
                    return value;
                });
    }
}
