package org.catseye.core.deploy.plugin;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;

/** Forms and configurations that the test sets. */
final class FakeSettings {

    /** PIDs of the forms, by symbolic name. */
    final Map<String, List<String>> forms = new ConcurrentHashMap<>();
    /** PIDs of the existing configurations. */
    final List<String> configurations = new CopyOnWriteArrayList<>();

    MetaTypeService metatype() {
        return proxy(MetaTypeService.class, (proxy, method, arguments) -> {
            List<String> pids = forms.get(((Bundle) arguments[0]).getSymbolicName());
            return pids == null ? null : proxy(MetaTypeInformation.class, (self, call, none) -> call.getName().equals("getPids") ? pids.toArray(new String[0]) : null);
        });
    }

    ConfigurationAdmin configurationAdmin() {
        return proxy(ConfigurationAdmin.class, (proxy, method, arguments) -> configurations.stream().map(this::configuration).toArray(Configuration[]::new));
    }

    private Configuration configuration(String pid) {
        return proxy(Configuration.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getPid" -> pid;
            case "delete" -> {
                configurations.remove(pid);
                yield null;
            }
            default -> null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeSettings.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
