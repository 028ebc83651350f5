package org.catseye.core.deploy.running;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** The components of Declarative Services in bundles, and what they lack. Thread-safe. */
public final class ComponentStates {

    private static final Pattern CAUSE = Pattern.compile("(?m)^Caused by: (.+)$");

    /** What a component lacks. */
    public enum Lack { NOTHING, CONFIGURATION, SERVICE, FAILED }

    /**
     * The state of a component with one of its configurations.
     *
     * @param bundle symbolic name
     * @param component name of the component
     * @param pid the configuration; empty if it has none
     * @param problem as a sentence; empty if it lacks nothing
     */
    public record ComponentState(String bundle, String component, String pid, Lack lack, String problem) {

        public boolean isSatisfied() {
            return lack == Lack.NOTHING;
        }

        /** The same before and after an update. */
        public String key() {
            return bundle + "/" + component + "/" + pid;
        }
    }

    private final ServiceComponentRuntime runtime;

    public ComponentStates(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** The components of bundles; of all active bundles if none is given. Disabled components are left out. */
    public List<ComponentState> listStates(Bundle... bundles) {
        return runtime.getComponentDescriptionDTOs(bundles).stream().filter(runtime::isComponentEnabled).flatMap(this::describeComponent).toList();
    }

    private Stream<ComponentState> describeComponent(ComponentDescriptionDTO component) {
        Collection<ComponentConfigurationDTO> configurations = runtime.getComponentConfigurationDTOs(component);
        return configurations.isEmpty() ? Stream.of(new ComponentState(component.bundle.symbolicName, component.name, "", Lack.CONFIGURATION, describeConfiguration(component)))
                : configurations.stream().map(configuration -> describeState(component, configuration));
    }

    private static ComponentState describeState(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        String pid = Optional.ofNullable(configuration.properties.get(Constants.SERVICE_PID)).map(ComponentStates::formatPid).orElse("");
        // The state of an activation that failed was added later than the others, so older versions of the runtime only set the failure.
        boolean failed = configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION || configuration.failure != null;
        Lack lack = failed ? Lack.FAILED : switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> Lack.CONFIGURATION;
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> Lack.SERVICE;
            default -> Lack.NOTHING;
        };
        String problem = switch (lack) {
            case FAILED -> "Its component " + component.name + " failed: " + findCause(configuration.failure);
            case CONFIGURATION -> describeConfiguration(component);
            case SERVICE -> "Its component " + component.name + " waits for " + Arrays.stream(configuration.unsatisfiedReferences)
                    .map(reference -> describeReference(component, reference)).collect(Collectors.joining(" and ")) + ".";
            case NOTHING -> "";
        };
        return new ComponentState(component.bundle.symbolicName, component.name, pid, lack, problem);
    }

    private static String describeConfiguration(ComponentDescriptionDTO component) {
        return "Its component " + component.name + " waits for the configuration " + String.join(" or ", component.configurationPid) + ".";
    }

    private static String describeReference(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO missing) {
        String service = Arrays.stream(component.references).filter(reference -> reference.name.equals(missing.name)).map(reference -> reference.interfaceName)
                .findFirst().orElse(missing.name);
        return "the service " + service + (missing.target == null || missing.target.isEmpty() ? "" : " " + missing.target);
    }

    /** The failure is a stack trace, which ends with the cause of all. */
    private static String findCause(String failure) {
        String trace = failure == null ? "unknown reason" : failure;
        return CAUSE.matcher(trace).results().map(found -> found.group(1)).reduce((first, second) -> second).orElseGet(() -> trace.lines().findFirst().orElse("")).strip()
                + ".";
    }

    private static String formatPid(Object pid) {
        return pid instanceof Object[] several ? Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(",")) : String.valueOf(pid);
    }
}
