package org.catseye.web.rest.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.catseye.services.BoundService;
import org.catseye.services.RankedServices;
import org.catseye.targets.Target;
import org.catseye.web.resource.TargetResource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources that bundles provide below targets. Thread-safe. */
@Component(service = TargetResources.class)
public final class TargetResources {

    private static final Logger LOG = LoggerFactory.getLogger(TargetResources.class);

    private final RankedServices<TargetResource> resources = new RankedServices<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "addResource")
    void addResource(TargetResource resource, Map<String, Object> properties) {
        Object name = properties.get(TargetResource.NAME);
        if (name instanceof String text && text.matches(TargetPath.RESOURCE_PATTERN)) {
            resources.add(properties, resource);
        } else {
            resources.remove(properties);
            LOG.warn("{}={} of {} is not a path segment of letters, digits, dots and dashes; the resource is not served", TargetResource.NAME, name,
                    resource.getClass().getName());
        }
    }

    void removeResource(TargetResource resource, Map<String, Object> properties) {
        resources.remove(properties);
    }

    /** The resource that serves a target under this name: the target's own before one of every target. */
    Optional<TargetResource> findResource(String name, String targetId) {
        List<BoundService<TargetResource>> named = resources.listServices().stream()
                .filter(bound -> name.equals(bound.properties().get(TargetResource.NAME))).toList();
        Stream<BoundService<TargetResource>> own = named.stream().filter(bound -> targetId.equals(bound.properties().get(Target.ID)));
        Stream<BoundService<TargetResource>> general = named.stream().filter(bound -> !bound.properties().containsKey(Target.ID));
        return Stream.concat(own, general).map(BoundService::service).findFirst();
    }

    /** The names of all resources that a target has, in alphabetical order. */
    Set<String> listNames(String targetId) {
        Set<String> names = new TreeSet<>();
        for (BoundService<TargetResource> bound : resources.listServices()) {
            if (targetId.equals(bound.properties().getOrDefault(Target.ID, targetId))) {
                names.add((String) bound.properties().get(TargetResource.NAME));
            }
        }
        return names;
    }
}
