package org.catseye.power.snmp;

import java.util.Map;
import java.util.Optional;
import org.catseye.power.PowerAction;

/**
 * An outlet as objects of the agent.
 *
 * @param commandOid the integer that switches it
 * @param commands the value of each action
 * @param state how to read its state; empty if it reports none
 */
record Outlet(String commandOid, Map<PowerAction, Integer> commands, Optional<State> state) {

    /** rPDUOutletControlOutletCommand and rPDUOutletStatusOutletState of PowerNet-MIB. */
    private static final String APC_COMMAND = "1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.";
    private static final String APC_STATE = "1.3.6.1.4.1.318.1.1.12.3.5.1.1.4.";
    private static final int APC_ON = 1;
    private static final int APC_OFF = 2;
    private static final int APC_REBOOT = 3;

    /** @param oid the integer with the state @param on its value if the outlet is on @param off its value if it is off */
    record State(String oid, int on, int off) {
    }

    Outlet {
        commands = Map.copyOf(commands);
    }

    /** Of a rack PDU by APC. @param number from 1 */
    static Outlet ofApc(int number) {
        return new Outlet(APC_COMMAND + number, Map.of(PowerAction.ON, APC_ON, PowerAction.OFF, APC_OFF, PowerAction.CYCLE, APC_REBOOT),
            Optional.of(new State(APC_STATE + number, APC_ON, APC_OFF)));
    }
}
