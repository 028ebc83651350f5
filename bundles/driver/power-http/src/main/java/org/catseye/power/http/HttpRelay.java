package org.catseye.power.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.http.exchange.HttpExchange;
import org.catseye.power.http.exchange.HttpQuery;
import org.catseye.power.http.relay.Relay;
import org.catseye.power.http.relay.StateQuery;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.targets.Target;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** One relay or smart plug: one instance for each factory configuration {@code org.catseye.power.http~name}. */
@Component(configurationPid = HttpConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + HttpConfig.LABEL})
@Designate(ocd = HttpConfig.class, factory = true)
public final class HttpRelay implements PowerControl {

    private static final Duration STATE_LIMIT = Duration.ofSeconds(2);
    private static final Duration ACTION_LIMIT = Duration.ofSeconds(10);

    private final CheckedSettings<HttpSettings> settings;
    private final Optional<HttpExchange> exchange;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public HttpRelay(Map<String, Object> properties) {
        settings = CheckedSettings.parseProperties(properties, HttpSettings::parseSettings);
        exchange = settings.findValid().map(HttpSettings::createExchange);
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return settings.findValid().map(HttpSettings::actions).orElse(Set.of());
    }

    @Override
    public PowerReading readState() throws IOException {
        Relay relay = settings.requireValid().relay();
        if (relay.stateQuery().isEmpty()) {
            return PowerReading.UNKNOWN;
        }
        String answer = exchange.orElseThrow().sendQuery(relay.stateQuery().get(), STATE_LIMIT);
        return PowerReading.ofPower(relay.state().orElseThrow().isOn(answer));
    }

    @Override
    public void performAction(PowerAction action) throws IOException {
        Relay relay = settings.requireValid().relay();
        HttpQuery command = relay.commands().get(action);
        if (command == null) {
            throw new IOException("This relay cannot perform the action \"" + action.publicName() + "\".");
        }
        String answer = exchange.orElseThrow().sendQuery(command, ACTION_LIMIT);
        Optional<StateQuery> confirmation = relay.confirmation().filter(any -> action == PowerAction.ON || action == PowerAction.OFF);
        if (confirmation.isPresent() && confirmation.get().isOn(answer) != (action == PowerAction.ON)) {
            throw new IOException("The relay has not switched; it is still " + (action == PowerAction.ON ? "off." : "on."));
        }
    }
}
