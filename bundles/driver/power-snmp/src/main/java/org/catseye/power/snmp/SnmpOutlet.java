package org.catseye.power.snmp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.snmp.AgentSession.Patience;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.targets.Target;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** One outlet: one instance for each factory configuration {@code org.catseye.power.snmp~name}. */
@Component(configurationPid = SnmpConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + SnmpConfig.LABEL})
@Designate(ocd = SnmpConfig.class, factory = true)
public final class SnmpOutlet implements PowerControl {

    private static final Patience READING = new Patience(900, 1);
    private static final Patience SWITCHING = new Patience(3_000, 2);
    /** Sent once: if only the answer is lost, a second request would interrupt the computer again. */
    private static final Patience CYCLING = new Patience(8_000, 0);

    private final CheckedSettings<SnmpSettings> settings;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public SnmpOutlet(Map<String, Object> properties) {
        settings = CheckedSettings.parseProperties(properties, SnmpSettings::parseSettings);
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return settings.findValid().map(SnmpSettings::actions).orElse(Set.of());
    }

    @Override
    public PowerReading readState() throws IOException {
        SnmpSettings valid = settings.requireValid();
        Optional<Outlet.State> state = valid.outlet().state();
        if (state.isEmpty()) {
            return PowerReading.UNKNOWN;
        }
        try (AgentSession session = new AgentSession(valid.agent(), READING)) {
            int value = session.readInteger(state.get().oid());
            if (value != state.get().on() && value != state.get().off()) {
                throw new IOException("The state of the outlet is " + value + ", which is neither on nor off.");
            }
            return PowerReading.ofPower(value == state.get().on());
        }
    }

    @Override
    public void performAction(PowerAction action) throws IOException {
        SnmpSettings valid = settings.requireValid();
        Integer value = valid.outlet().commands().get(action);
        if (value == null) {
            throw new IOException("This outlet cannot perform the action \"" + action.publicName() + "\".");
        }
        try (AgentSession session = new AgentSession(valid.agent(), action == PowerAction.CYCLE ? CYCLING : SWITCHING)) {
            session.writeInteger(valid.outlet().commandOid(), value);
        }
    }
}
