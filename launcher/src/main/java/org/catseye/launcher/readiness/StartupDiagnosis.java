package org.catseye.launcher.readiness;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.catseye.launcher.framework.BundleSynchronizer;
import org.catseye.launcher.refusal.StartRefusedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Describes why Catseye is not ready: bundles that are not running, components that wait for a service or a configuration. It calls the
 * Declarative Services runtime by reflection, because the launcher shares no class with bundles.
 */
public final class StartupDiagnosis {
    private static final int UNSATISFIED_CONFIGURATION = 1;
    private static final int UNSATISFIED_REFERENCE = 2;
    private static final int FAILED_ACTIVATION = 16;
    private final BundleContext framework;

    public StartupDiagnosis(BundleContext framework) {
        this.framework = framework;
    }

    /** One entry per problem; never empty. */
    public List<String> describeProblems() {
        List<String> all = new ArrayList<>();
        for (Bundle bundle : framework.getBundles()) {
            if (!BundleSynchronizer.isFragment(bundle) && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
                all.add("bundle " + bundle.getSymbolicName() + " is not running");
            }
        }
        if (!all.isEmpty()) {
            // The components that wait for these bundles would only repeat it.
            return all;
        }
        try {
            addComponentProblems(all);
        } catch (ReflectiveOperationException | RuntimeException e) {
            all.add("the state of the components cannot be read (" + StartRefusedException.describeCause(e) + ")");
        }
        return all.isEmpty() ? List.of("all bundles and components run, but /api/v1/health does not answer 200") : all;
    }

    private void addComponentProblems(List<String> all) throws ReflectiveOperationException {
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
                addProblem(name, component, configured, all);
            }
        }
    }

    private static void addProblem(String name, Object component, Object configured, List<String> all) throws ReflectiveOperationException {
        int state = configured.getClass().getField("state").getInt(configured);
        if (!name.startsWith("org.catseye.")) {
            return;
        }
        if ((state & UNSATISFIED_REFERENCE) != 0) {
            List<String> names = new ArrayList<>();
            Object references = configured.getClass().getField("unsatisfiedReferences").get(configured);
            for (int i = 0; i < Array.getLength(references); i++) {
                Object one = Array.get(references, i);
                names.add(findInterface(component, one.getClass().getField("name").get(one)));
            }
            all.add("component " + name + " waits for " + String.join(", ", names));
        } else if ((state & UNSATISFIED_CONFIGURATION) != 0) {
            all.add("component " + name + " waits for its configuration");
        } else if ((state & FAILED_ACTIVATION) != 0) {
            all.add("component " + name + " failed to start: " + configured.getClass().getField("failure").get(configured).toString().lines().findFirst().orElse(""));
        }
    }

    /** The interface of a reference: a constructor parameter's reference has a name such as $000. */
    private static String findInterface(Object component, Object reference) throws ReflectiveOperationException {
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
