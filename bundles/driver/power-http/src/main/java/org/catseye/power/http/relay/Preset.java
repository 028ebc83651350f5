package org.catseye.power.http.relay;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catseye.power.PowerAction;
import org.catseye.power.http.exchange.HttpQuery;

/** The devices whose requests are known. */
public enum Preset {

    /** Shelly of the second and later generations (Plus, Pro, Gen3, Gen4): RPC, https://shelly-api-docs.shelly.cloud/gen2/. */
    SHELLY {
        @Override
        public Relay createRelay(OptionalInt channel) {
            int id = channel.orElse(0);
            String set = "/rpc/Switch.Set?id=" + id + "&on=";
            return switchOver(HttpQuery.get(set + "true"), HttpQuery.get(set + "false"), false, HttpQuery.get("/rpc/Switch.GetStatus?id=" + id), "/output");
        }
    },

    /** Shelly of the first generation: https://shelly-api-docs.shelly.cloud/gen1/. */
    SHELLY_GEN1 {
        @Override
        public Relay createRelay(OptionalInt channel) {
            String relay = "/relay/" + channel.orElse(0);
            return switchOver(HttpQuery.get(relay + "?turn=on"), HttpQuery.get(relay + "?turn=off"), true, HttpQuery.get(relay), "/ison");
        }
    },

    /** Tasmota, which numbers relays from 1: https://tasmota.github.io/docs/Commands/. */
    TASMOTA {
        @Override
        public Relay createRelay(OptionalInt channel) {
            String number = channel.isPresent() ? Integer.toString(channel.getAsInt()) : "";
            String command = "/cm?cmnd=Power" + number;
            String[] names = channel.orElse(1) == 1 ? new String[] {"/POWER", "/POWER1"} : new String[] {"/POWER" + number};
            return switchOver(HttpQuery.get(command + "%20On"), HttpQuery.get(command + "%20Off"), true, HttpQuery.get(command), names);
        }
    };

    private static final Pattern ON = Pattern.compile("(?i)^(true|on)$");
    private static final Pattern OFF = Pattern.compile("(?i)^(false|off)$");

    /** The name in a configuration: {@code shelly-gen1}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The preset with this {@link #publicName()}; empty if there is none. */
    public static Optional<Preset> findByPublicName(String name) {
        return Stream.of(values()).filter(preset -> preset.publicName().equals(name)).findFirst();
    }

    /** The requests to one relay of the device. @param channel its number; empty for the first or only one */
    public abstract Relay createRelay(OptionalInt channel);

    private static Relay switchOver(HttpQuery on, HttpQuery off, boolean confirmed, HttpQuery stateQuery, String... pointers) {
        StateQuery state = new StateQuery(Stream.of(pointers).map(JsonPointer::compile).toList(), ON, OFF);
        return new Relay(Map.of(PowerAction.ON, on, PowerAction.OFF, off), confirmed ? Optional.of(state) : Optional.empty(), Optional.of(stateQuery),
            Optional.of(state));
    }
}
