package org.catseye.core.deploy.running;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catseye.services.ByTarget;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Which targets have a picture, and from which bundle. It stays while a trial is running, so it is immediate. Thread-safe. */
@Component(service = TargetPictures.class, immediate = true)
public final class TargetPictures {

    private final BundleContext framework;
    private final ByTarget<VideoHub> hubs = new ByTarget<>();

    @Activate
    public TargetPictures(BundleContext context) {
        framework = context;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addHub(VideoHub hub, Map<String, Object> properties) {
        hubs.add(properties, hub);
    }

    public void removeHub(Map<String, Object> properties) {
        hubs.remove(properties);
    }

    public boolean isLive(String target) {
        return findState(target).filter(state -> state.condition() == VideoState.Condition.LIVE).isPresent();
    }

    public int countViewers(String target) {
        return findState(target).map(VideoState::viewers).orElse(0);
    }

    private Optional<VideoState> findState(String target) {
        return hubs.findBest(target).map(VideoHub::currentState);
    }

    public Set<String> listLiveTargets() {
        return hubs.listTargets().stream().filter(this::isLive).collect(Collectors.toSet());
    }

    /** Whether the capture device of the target with the highest ranking is of this bundle. */
    public boolean isBestSource(Bundle bundle, String target) {
        return Arrays.stream(listDevices()).filter(device -> target.equals(Objects.requireNonNullElse(device.getProperty(Target.ID), Target.DEFAULT)))
                .max(Comparator.naturalOrder()).filter(best -> bundle.equals(best.getBundle())).isPresent();
    }

    private ServiceReference<?>[] listDevices() {
        try {
            return Optional.ofNullable(framework.getAllServiceReferences(BundleParts.CAPTURE_DEVICE, null)).orElse(new ServiceReference<?>[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("there is no filter", e);
        }
    }
}
