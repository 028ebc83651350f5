package org.catseye.core.targets;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.targets.PointerArea;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target with its configured label; one per factory configuration {@value TargetConfig#PID}{@code ~name}. */
@Component(service = ConfiguredTarget.class, configurationPid = TargetConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TargetConfig.class, factory = true)
public final class ConfiguredTarget {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTarget.class);

    private final String id;
    private final String label;
    private final PointerArea pointerArea;

    @Activate
    public ConfiguredTarget(Map<String, ?> properties) {
        TargetOptions options = new TargetOptions(properties);
        id = readId(options);
        label = options.readLabel();
        pointerArea = readPointerArea(options);
    }

    private static String readId(TargetOptions options) {
        try {
            return options.readId();
        } catch (BadValueException e) {
            LOG.error("{}; this target is ignored", e.getMessage());
            return "";
        }
    }

    private static PointerArea readPointerArea(TargetOptions options) {
        try {
            return options.readPointerArea();
        } catch (BadValueException e) {
            LOG.error("{}; the pointer spans the whole desktop", e.getMessage());
            return PointerArea.WHOLE;
        }
    }

    /** Empty if the configuration is not usable. */
    String id() {
        return id;
    }

    String label() {
        return label;
    }

    PointerArea pointerArea() {
        return pointerArea;
    }
}
