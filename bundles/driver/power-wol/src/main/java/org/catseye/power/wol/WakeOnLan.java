package org.catseye.power.wol;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.targets.Target;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Wakes one computer: one instance for each factory configuration {@code org.catseye.power.wol~name}. Its ranking is low, because a device
 * that switches the power gets an answer, and a packet doesn't.
 */
@Component(configurationPid = WolConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + WolConfig.LABEL, "service.ranking:Integer=-10"})
@Designate(ocd = WolConfig.class, factory = true)
public final class WakeOnLan implements PowerControl {

    private static final Set<PowerAction> ACTIONS = Set.copyOf(EnumSet.of(PowerAction.WAKE, PowerAction.ON));

    private final CheckedSettings<WolSettings> settings;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public WakeOnLan(Map<String, Object> properties) {
        settings = CheckedSettings.parseProperties(properties, WolSettings::parseSettings);
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return settings.findValid().isPresent() ? ACTIONS : Set.of();
    }

    @Override
    public PowerReading readState() throws IOException {
        settings.requireValid();
        return PowerReading.UNKNOWN;
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        PacketSender.sendPacket(settings.requireValid());
    }
}
