package org.catseye.web.gate;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A configuration in which everything that is not given has its default. */
final class FakeConfig {

    private FakeConfig() {
    }

    static GateConfig of(Map<String, Object> given) {
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
