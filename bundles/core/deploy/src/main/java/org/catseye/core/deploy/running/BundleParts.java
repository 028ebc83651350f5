package org.catseye.core.deploy.running;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catseye.plugins.PluginPart;
import org.catseye.plugins.PluginPart.Kind;
import org.catseye.targets.Target;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** What a bundle provides, according to the services that it has registered. */
public final class BundleParts {

    static final String CAPTURE_DEVICE = "org.catseye.video.spi.CaptureDevice";

    /** The kind of a part, by the interface of its service. */
    private static final Map<String, Kind> KINDS = Map.of(CAPTURE_DEVICE, Kind.VIDEO, "org.catseye.hid.spi.HidTransport", Kind.INPUT,
            "org.catseye.media.spi.MediaDrive", Kind.DRIVE, "org.catseye.power.spi.PowerControl", Kind.POWER,
            "org.catseye.targets.SelfCheck", Kind.SELF_CHECK, "org.catseye.web.resource.TargetResource", Kind.RESOURCE, "jakarta.servlet.Servlet", Kind.PAGE);
    private static final Set<Kind> DEVICES = Set.of(Kind.VIDEO, Kind.INPUT, Kind.DRIVE, Kind.POWER);
    /** The properties that name a part for users, the best first. */
    private static final List<String> LABELS = List.of(Target.LABEL, "catseye.target.resource", "osgi.http.whiteboard.servlet.pattern", "catseye.page.module");

    private BundleParts() {
    }

    /** In the order of their kinds. */
    public static List<PluginPart> listParts(Bundle bundle) {
        return listServices(bundle).flatMap(BundleParts::describeService).distinct()
                .sorted(Comparator.comparing(PluginPart::kind).thenComparing(PluginPart::target).thenComparing(PluginPart::label)).toList();
    }

    /** The targets that have a device of the bundle. */
    public static Set<String> listTargets(Bundle bundle) {
        return listParts(bundle).stream().filter(part -> DEVICES.contains(part.kind())).map(PluginPart::target).collect(Collectors.toSet());
    }

    /** The services that it has registered. */
    static Stream<ServiceReference<?>> listServices(Bundle bundle) {
        // Null for a bundle without services.
        return Arrays.stream(Optional.ofNullable(bundle.getRegisteredServices()).orElse(new ServiceReference<?>[0]));
    }

    private static Stream<PluginPart> describeService(ServiceReference<?> service) {
        String[] interfaces = (String[]) service.getProperty(Constants.OBJECTCLASS);
        if (interfaces == null) {
            return Stream.of();
        }
        String label = LABELS.stream().map(service::getProperty).filter(value -> value != null).findFirst().map(BundleParts::formatValue).orElse("");
        List<PluginPart> known = Arrays.stream(interfaces).filter(KINDS::containsKey).map(KINDS::get)
                .map(kind -> new PluginPart(kind, label, DEVICES.contains(kind) || kind == Kind.SELF_CHECK ? readTarget(service) : "")).toList();
        return known.isEmpty() ? Stream.of(new PluginPart(Kind.SERVICE, interfaces[0], "")) : known.stream();
    }

    private static String readTarget(ServiceReference<?> service) {
        Object target = service.getProperty(Target.ID);
        return target == null ? Target.DEFAULT : target.toString();
    }

    private static String formatValue(Object value) {
        return value instanceof Object[] several ? Arrays.stream(several).map(String::valueOf).collect(Collectors.joining(", ")) : value.toString();
    }
}
