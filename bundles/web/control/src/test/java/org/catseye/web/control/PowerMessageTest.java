package org.catseye.web.control;

import static org.junit.Assert.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerHub;
import org.catseye.power.PowerState;
import org.catseye.web.control.ControlBench.Line;
import org.junit.After;
import org.junit.Test;

/** The power messages that a viewer gets. */
public class PowerMessageTest {

    private final ControlBench bench = new ControlBench();
    private final Line line = new Line("default", "admin");
    private volatile PowerState state = state(PowerCondition.OFF);

    private final PowerHub hub = new PowerHub() {
        @Override
        public PowerState currentState() {
            return state;
        }

        @Override
        public PowerState readState() {
            throw new AssertionError("this would wait for the device");
        }

        @Override
        public void performAction(PowerAction action) {
            throw new AssertionError();
        }
    };

    @After
    public void stop() {
        bench.handler.stop();
    }

    private static PowerState state(PowerCondition condition) {
        return new PowerState(condition, "Front panel", "", Optional.of(false), Set.of(PowerAction.RESET, PowerAction.PRESS), Optional.empty());
    }

    private static String message(String condition, String actions) {
        return "{\"type\":\"power\",\"state\":\"" + condition + "\",\"source\":\"Front panel\",\"reason\":\"\",\"diskActive\":false,\"running\":\"\",\"actions\":[" + actions + "]}";
    }

    @Test
    public void changesAreSentOnce() {
        bench.access.granted = EnumSet.of(Permission.VIEW, Permission.POWER);
        bench.handler.bindPower(hub, ControlBench.properties(1, "default"));
        bench.handler.open(line);
        bench.handler.handleTick();
        state = state(PowerCondition.ON);
        bench.handler.handleTick();
        bench.handler.handleTick();
        assertEquals(List.of(message("OFF", "\"press\",\"reset\""), message("ON", "\"press\",\"reset\"")), line.sent("power"));
    }

    @Test
    public void whoMayNotPressTheButtonsSeesOnlyTheState() {
        bench.access.granted = EnumSet.of(Permission.VIEW);
        bench.handler.bindPower(hub, ControlBench.properties(1, "default"));
        bench.handler.open(line);
        assertEquals(List.of(message("OFF", "")), line.sent("power"));
    }

    @Test
    public void withoutAPowerControlThereIsNoMessageUntilOneComesAndGoes() {
        bench.access.granted = EnumSet.of(Permission.VIEW);
        bench.handler.open(line);
        assertEquals(List.of(), line.sent("power"));
        bench.handler.bindPower(hub, ControlBench.properties(1, "default"));
        bench.handler.handleTick();
        bench.handler.unbindPower(ControlBench.properties(1, "default"));
        bench.handler.handleTick();
        assertEquals(List.of("OFF", "UNKNOWN"), line.sent("power").stream().map(text -> text.split("\"state\":\"")[1].split("\"")[0]).toList());
    }
}
