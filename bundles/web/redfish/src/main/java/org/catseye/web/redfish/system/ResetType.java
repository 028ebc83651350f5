package org.catseye.web.redfish.system;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerState;
import org.catseye.web.redfish.route.RedfishException;

/** The resets of Redfish, and what the power controls of a target do for each. */
enum ResetType {

    ON("On", PowerAction.ON, PowerAction.PRESS, PowerAction.WAKE),
    FORCE_OFF("ForceOff", PowerAction.OFF, PowerAction.HOLD),
    GRACEFUL_SHUTDOWN("GracefulShutdown", PowerAction.PRESS),
    FORCE_RESTART("ForceRestart", PowerAction.RESET, PowerAction.CYCLE),
    POWER_CYCLE("PowerCycle", PowerAction.CYCLE),
    PUSH_POWER_BUTTON("PushPowerButton", PowerAction.PRESS);

    private final String publicName;
    /** The actions that have this effect, the best first. */
    private final List<PowerAction> actions;

    ResetType(String publicName, PowerAction... actions) {
        this.publicName = publicName;
        this.actions = List.of(actions);
    }

    String publicName() {
        return publicName;
    }

    static Optional<ResetType> findByName(String name) {
        return Stream.of(values()).filter(type -> type.publicName.equals(name)).findFirst();
    }

    /** @param available what the power controls can do */
    static List<String> listPossible(Set<PowerAction> available) {
        return Stream.of(values()).filter(type -> type.isPossible(available)).map(ResetType::publicName).toList();
    }

    boolean isPossible(Collection<PowerAction> available) {
        return actions.stream().anyMatch(available::contains);
    }

    /**
     * What has to be done. The power button does something else while the computer is on than while it is off, so it is not pressed if that is unknown.
     *
     * @return empty if the computer is in the wanted state already
     */
    Optional<PowerAction> chooseAction(PowerState state) throws RedfishException {
        boolean reached = switch (this) {
            case ON -> state.condition() == PowerCondition.ON;
            case FORCE_OFF, GRACEFUL_SHUTDOWN -> state.condition() == PowerCondition.OFF;
            default -> false;
        };
        if (reached) {
            return Optional.empty();
        }
        if (this == FORCE_RESTART && state.condition() == PowerCondition.OFF) {
            throw RedfishException.ofMessage(409, "The computer is off. Switch it on with ResetType On.");
        }
        boolean pressable = state.condition() != PowerCondition.UNKNOWN || this == PUSH_POWER_BUTTON;
        Optional<PowerAction> chosen = actions.stream().filter(state.actions()::contains).filter(action -> action != PowerAction.PRESS || pressable).findFirst();
        if (chosen.isEmpty()) {
            throw RedfishException.ofMessage(409, "It is unknown whether the computer is on, so pressing its power button could do the opposite. " + state.reason()
                    + " To press the button anyway, use ResetType PushPowerButton.");
        }
        return chosen;
    }
}
