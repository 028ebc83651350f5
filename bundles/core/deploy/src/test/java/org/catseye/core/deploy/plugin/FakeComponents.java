package org.catseye.core.deploy.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.util.promise.Promise;

/** One component per bundle, in the state that the test sets. */
public final class FakeComponents implements ServiceComponentRuntime {

    /** By symbolic name. */
    private final Map<String, Integer> states = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> limits = new ConcurrentHashMap<>();

    public void setState(String bundle, int state) {
        states.put(bundle, state);
    }

    /** The component of the bundle exists only while this holds. */
    void limit(String bundle, BooleanSupplier existing) {
        limits.put(bundle, existing);
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
        List<String> names = new ArrayList<>();
        for (Bundle bundle : bundles) {
            names.add(bundle.getSymbolicName());
        }
        return states.keySet().stream().filter(name -> bundles.length == 0 || names.contains(name)).filter(name -> limits.getOrDefault(name, () -> true).getAsBoolean()).map(FakeComponents::describe).toList();
    }

    private static ComponentDescriptionDTO describe(String name) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.bundle = new BundleDTO();
        description.bundle.symbolicName = name;
        description.name = name + ".Main";
        description.configurationPid = new String[] {name};
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "clock";
        reference.interfaceName = "org.example.Clock";
        description.references = new ReferenceDTO[] {reference};
        return description;
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(ComponentDescriptionDTO description) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = states.get(description.bundle.symbolicName);
        configuration.properties = Map.of();
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = "clock";
        missing.target = "(exact=true)";
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            configuration.failure = "java.lang.reflect.InvocationTargetException\n\tat org.example\nCaused by: java.lang.IllegalStateException: no clock\n\t... 9 more";
        }
        return List.of(configuration);
    }

    @Override
    public ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
        return true;
    }

    @Override
    public Promise<Void> enableComponent(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Promise<Void> disableComponent(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }
}
