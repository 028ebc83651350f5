package org.catseye.power.script;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.process.ProgramRun;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** A program that switches one computer: one instance for each factory configuration {@code org.catseye.power.script~name}. */
@Component(configurationPid = ScriptConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, service = PowerControl.class,
    property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + ScriptConfig.LABEL})
@Designate(ocd = ScriptConfig.class, factory = true)
public final class ScriptControl implements PowerControl {

    static final String HOME = "catseye.home";
    private static final String STATUS = "status";
    private static final Duration STATUS_LIMIT = Duration.ofMillis(2_500);
    private static final Duration ACTION_LIMIT = Duration.ofSeconds(10);

    private final ScriptPlace place;
    private final CheckedSettings<ScriptSettings> settings;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public ScriptControl(BundleContext context, Map<String, Object> properties) {
        this(ScriptPlace.ofHome(Optional.ofNullable(context.getProperty(HOME)).map(Path::of)), properties);
    }

    /** For tests, with their own folders. */
    ScriptControl(ScriptPlace place, Map<String, Object> properties) {
        this.place = place;
        settings = CheckedSettings.parseProperties(properties, values -> ScriptSettings.parseSettings(values, place));
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return settings.findValid().map(ScriptSettings::actions).orElse(Set.of());
    }

    @Override
    public PowerReading readState() throws IOException {
        String printed;
        try {
            printed = runProgram(STATUS, STATUS_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The program was stopped.", e);
        }
        return switch (printed) {
            case "on" -> PowerReading.ofPower(true);
            case "off" -> PowerReading.ofPower(false);
            case "unknown" -> PowerReading.UNKNOWN;
            default -> throw new IOException("The program must print on, off or unknown; it printed '" + ProgramRun.shorten(printed) + "'.");
        };
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        runProgram(action.publicName(), ACTION_LIMIT);
    }

    private String runProgram(String argument, Duration limit) throws IOException, InterruptedException {
        ScriptSettings valid = settings.requireValid();
        return ScriptRun.runProgram(place.requireSafeProgram(valid.program()), argument, valid.targetId(), limit);
    }
}
