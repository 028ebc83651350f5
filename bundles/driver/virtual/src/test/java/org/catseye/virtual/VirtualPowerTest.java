package org.catseye.virtual;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.testkit.PowerControlContract;
import org.catseye.virtual.machine.Machine;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.scene.SceneCode;

/** The buttons of the virtual computer. */
public class VirtualPowerTest extends PowerControlContract {

    private final Map<String, Object> settings = new HashMap<>(Map.of("postMillis", 60_000));
    private VirtualTarget target;

    @Override
    protected PowerControl createControl() {
        target = new VirtualTarget(settings, System::nanoTime, Clock.systemUTC(), FontSource::drawWithJava);
        return target;
    }

    @Override
    protected void setComputerOn(boolean on) {
        if (on) {
            target.machine().powerOn();
        } else {
            target.machine().powerOff();
        }
    }

    @Override
    protected boolean noticedAction(PowerAction action) {
        boolean off = action == PowerAction.HOLD || action == PowerAction.OFF;
        return off ? target.machine().power() == Machine.Power.OFF : target.machine().sceneCode() == SceneCode.POST;
    }

    /** Nothing can break; but with a wrong setting there is no computer. */
    @Override
    protected void breakDevice() {
        throw new AssertionError("a virtual computer does not break");
    }

    @Override
    protected boolean noticesFailure() {
        return false;
    }
}
