package org.catseye.launcher;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Says in words what keeps Catseye from being ready: bundles that are not running, components that wait for a service or a configuration.
 * Asks the Declarative Services runtime by reflection, because the launcher shares no class with bundles.
 */
final class Missing {
    private static final int UNSATISFIED_CONFIGURATION = 1;
    private static final int UNSATISFIED_REFERENCE = 2;
    private static final int FAILED_ACTIVATION = 16;
    private final BundleContext framework;

    Missing(BundleContext framework) {
        this.framework = framework;
    }

    /** One entry per trouble; never empty. */
    List<String> inWords() {
        List<String> all = new ArrayList<>();
        for (Bundle bundle : framework.getBundles()) {
            if (!BundleSync.fragment(bundle) && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
                all.add("bundle " + bundle.getSymbolicName() + " is not running");
            }
        }
        if (!all.isEmpty()) {
            // What waits for these need not be told as well.
            return all;
        }
        try {
            components(all);
        } catch (ReflectiveOperationException | RuntimeException e) {
            all.add("components cannot be asked (" + Refusal.why(e) + ")");
        }
        return all.isEmpty() ? List.of("all bundles and components run, but /api/v1/health does not answer 200") : all;
    }

    private void components(List<String> all) throws ReflectiveOperationException {
        ServiceReference<?> reference = framework.getServiceReference("org.osgi.service.component.runtime.ServiceComponentRuntime");
        if (reference == null) {
            all.add("Declarative Services does not run");
            return;
        }
        Object runtime = framework.getService(reference);
        Class<?> api = runtime.getClass().getClassLoader().loadClass("org.osgi.service.component.runtime.ServiceComponentRuntime");
        Class<?> description = api.getClassLoader().loadClass("org.osgi.service.component.runtime.dto.ComponentDescriptionDTO");
        Object none = Array.newInstance(Bundle.class, 0);
        for (Object component : (Collection<?>) api.getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, none)) {
            String name = (String) component.getClass().getField("name").get(component);
            for (Object configured : (Collection<?>) api.getMethod("getComponentConfigurationDTOs", description).invoke(runtime, component)) {
                trouble(name, component, configured, all);
            }
        }
    }

    private static void trouble(String name, Object component, Object configured, List<String> all) throws ReflectiveOperationException {
        int state = configured.getClass().getField("state").getInt(configured);
        if (!name.startsWith("org.catseye.")) {
            return;
        }
        if ((state & UNSATISFIED_REFERENCE) != 0) {
            List<String> names = new ArrayList<>();
            Object references = configured.getClass().getField("unsatisfiedReferences").get(configured);
            for (int i = 0; i < Array.getLength(references); i++) {
                Object one = Array.get(references, i);
                names.add(service(component, one.getClass().getField("name").get(one)));
            }
            all.add("component " + name + " waits for " + String.join(", ", names));
        } else if ((state & UNSATISFIED_CONFIGURATION) != 0) {
            all.add("component " + name + " waits for its configuration");
        } else if ((state & FAILED_ACTIVATION) != 0) {
            all.add("component " + name + " failed to start: " + configured.getClass().getField("failure").get(configured).toString().lines().findFirst().orElse(""));
        }
    }

    /** What a reference refers to: references to constructor parameters have names such as $000. */
    private static String service(Object component, Object reference) throws ReflectiveOperationException {
        Object references = component.getClass().getField("references").get(component);
        for (int i = 0; i < Array.getLength(references); i++) {
            Object one = Array.get(references, i);
            if (one.getClass().getField("name").get(one).equals(reference)) {
                return String.valueOf(one.getClass().getField("interfaceName").get(one));
            }
        }
        return String.valueOf(reference);
    }
}
