package org.catseye.core.targets;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.targets.PointerArea;
import org.catseye.targets.Target;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target with its configured label; one per factory configuration {@value #PID}{@code ~name}. */
@Component(service = ConfiguredTarget.class, configurationPid = ConfiguredTarget.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfiguredTarget.Config.class, factory = true)
public final class ConfiguredTarget {

    /** The factory PID. */
    static final String PID = "org.catseye.core.target";

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTarget.class);

    private final String id;
    private final String label;
    private final PointerArea pointerArea;

    /** A remote computer. */
    @ObjectClassDefinition(name = "Catseye: target", description = "A remote computer and its name.")
    public @interface Config {

        @AttributeDefinition(name = "Id", description = "Short name used in addresses (URLs) and by devices: letters, digits, dot, dash, "
                + "underscore. Devices without a target serve the target \"default\".")
        String id() default Target.DEFAULT;

        @AttributeDefinition(name = "Label", description = "The name shown to users.")
        String label() default "";

        @AttributeDefinition(name = "Pointer area", description = "If the remote computer has several screens: the part of its desktop that the "
                + "picture shows, as left, top, width and height in percent. Of two equal screens side by side the left one is 0,0,50,100 and the "
                + "right one 50,0,50,100. Empty: the whole desktop.")
        String pointerArea() default "";
    }

    @Activate
    public ConfiguredTarget(Config config, Map<String, Object> properties) {
        // An empty list in the file arrives as null.
        String given = config.id() == null ? "" : config.id();
        boolean valid = given.matches(Target.ID_PATTERN);
        if (!valid) {
            LOG.error("{}; this target is ignored", TargetCheck.invalidId(properties.get(Constants.SERVICE_PID), given).getMessage());
        }
        id = valid ? given : "";
        label = config.label() == null || config.label().isBlank() ? given : config.label().strip();
        pointerArea = readPointerArea(config, properties);
    }

    private static PointerArea readPointerArea(Config config, Map<String, Object> properties) {
        try {
            return PointerAreaOption.parse(properties.get(Constants.SERVICE_PID), config.pointerArea());
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
