package org.catseye.core.power;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.PowerException;
import org.catseye.power.PowerException.Reason;
import org.catseye.power.PowerState;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.services.BoundService;
import org.catseye.targets.Target;
import org.catseye.testkit.FakePowerControl;
import org.catseye.testkit.FakeTime;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Constants;

public class TargetPowerHubTest {

    private final List<BoundService<PowerControl>> controls = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private final TargetPowerHub hub = new TargetPowerHub("bay1", () -> List.copyOf(controls), time::nanos, 1);

    @After
    public void close() {
        hub.close();
    }

    /** The best first, as the hub gets them. */
    private FakePowerControl add(String label, FakePowerControl control) {
        controls.add(new BoundService<>(control, Map.of(Constants.SERVICE_ID, (long) controls.size() + 1, Target.LABEL, label)));
        return control;
    }

    @Test
    public void eachActionGoesToTheBestControlThatSupportsIt() throws Exception {
        FakePowerControl wake = add("network", new FakePowerControl(PowerAction.WAKE, PowerAction.ON));
        FakePowerControl relay = add("relay", new FakePowerControl(PowerAction.ON, PowerAction.OFF));
        hub.performAction(PowerAction.ON);
        hub.performAction(PowerAction.OFF);
        assertEquals(List.of(PowerAction.ON), wake.performed());
        assertEquals(List.of(PowerAction.OFF), relay.performed());
        assertEquals(Set.of(PowerAction.WAKE, PowerAction.ON, PowerAction.OFF, PowerAction.CYCLE), hub.currentState().actions());
    }

    @Test
    public void cyclingIsPutTogetherUnlessAControlDoesItByItself() throws Exception {
        FakePowerControl relay = add("relay", new FakePowerControl(PowerAction.ON, PowerAction.OFF));
        hub.performAction(PowerAction.CYCLE);
        assertEquals(List.of(PowerAction.OFF, PowerAction.ON), relay.performed());
        FakePowerControl outlet = add("outlet", new FakePowerControl(PowerAction.CYCLE));
        hub.performAction(PowerAction.CYCLE);
        assertEquals(List.of(PowerAction.CYCLE), outlet.performed());
    }

    @Test
    public void theStateComesFromTheBestControlThatKnowsIt() throws Exception {
        add("network", new FakePowerControl(PowerAction.WAKE));
        add("LEDs", new FakePowerControl(PowerAction.PRESS)).report(new PowerReading(PowerCondition.ON, Optional.of(true)));
        add("outlet", new FakePowerControl()).report(PowerReading.ofPower(false));
        PowerState state = hub.readState();
        assertEquals(PowerCondition.ON, state.condition());
        assertEquals("LEDs", state.source());
        assertEquals(Optional.of(true), state.diskActive());
        assertEquals("", state.reason());
    }

    @Test
    public void theDiskLedIsReportedWithoutAPowerLedToo() throws Exception {
        add("LEDs", new FakePowerControl(PowerAction.PRESS)).report(new PowerReading(PowerCondition.UNKNOWN, Optional.of(true)));
        assertEquals(PowerCondition.UNKNOWN, hub.readState().condition());
        assertEquals(Optional.of(true), hub.currentState().diskActive());
    }

    @Test
    public void anUnknownStateHasAReason() throws Exception {
        assertEquals(PowerState.ABSENT, hub.readState());
        FakePowerControl outlet = add("outlet", new FakePowerControl(PowerAction.OFF));
        time.pass(Duration.ofSeconds(3));
        assertEquals("No device reports whether this computer is on.", hub.readState().reason());
        outlet.failWith(new IOException("connection refused"));
        time.pass(Duration.ofSeconds(3));
        assertEquals("outlet: connection refused", hub.readState().reason());
        assertEquals(PowerCondition.UNKNOWN, hub.readState().condition());
    }

    @Test
    public void theStateIsReadAtMostEveryTwoSecondsAndAfterAnAction() throws Exception {
        FakePowerControl outlet = add("outlet", new FakePowerControl(PowerAction.OFF));
        hub.readState();
        hub.readState();
        assertEquals(1, outlet.readings());
        time.pass(Duration.ofSeconds(3));
        hub.readState();
        assertEquals(2, outlet.readings());
        hub.performAction(PowerAction.OFF);
        hub.readState();
        assertEquals(3, outlet.readings());
    }

    @Test
    public void aControlThatHangsDelaysNoViewerAndIsReported() throws Exception {
        FakePowerControl outlet = add("outlet", new FakePowerControl(PowerAction.OFF));
        CountDownLatch gate = outlet.hang();
        hub.currentState();
        time.pass(Duration.ofSeconds(5));
        assertEquals("The power control does not answer.", hub.currentState().reason());
        gate.countDown();
        await(() -> !hub.currentState().reason().contains("does not answer"));
    }

    @Test
    public void oneActionRunsAtATime() throws Exception {
        FakePowerControl button = add("button", new FakePowerControl(PowerAction.HOLD, PowerAction.RESET));
        CountDownLatch gate = button.hang();
        Thread other = new Thread(() -> {
            try {
                hub.performAction(PowerAction.HOLD);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        await(() -> hub.currentState().running().isPresent());
        assertEquals(Optional.of(PowerAction.HOLD), hub.currentState().running());
        assertEquals(Reason.BUSY, failure(PowerAction.RESET).reason());
        gate.countDown();
        other.join(TimeUnit.SECONDS.toMillis(20));
        assertEquals(Optional.empty(), hub.currentState().running());
        hub.performAction(PowerAction.RESET);
        assertEquals(List.of(PowerAction.HOLD, PowerAction.RESET), button.performed());
    }

    @Test
    public void anUnsupportedActionNamesThoseThatAre() {
        assertTrue(failure(PowerAction.OFF).getMessage().contains("None is available"));
        add("button", new FakePowerControl(PowerAction.PRESS, PowerAction.RESET));
        assertEquals(Reason.UNSUPPORTED, failure(PowerAction.OFF).reason());
        assertTrue(failure(PowerAction.OFF).getMessage().contains("press, reset"));
    }

    @Test
    public void tooManyActionsAreRefusedForAWhile() throws Exception {
        FakePowerControl button = add("button", new FakePowerControl(PowerAction.PRESS));
        for (int i = 0; i < 10; i++) {
            hub.performAction(PowerAction.PRESS);
        }
        PowerException refused = failure(PowerAction.PRESS);
        assertEquals(Reason.TOO_OFTEN, refused.reason());
        assertTrue(refused.retryAfter().toString(), refused.retryAfter().toSeconds() >= 1);
        time.pass(refused.retryAfter());
        hub.performAction(PowerAction.PRESS);
        assertEquals(11, button.performed().size());
    }

    @Test
    public void aFailureReachesTheUserInWords() throws Exception {
        FakePowerControl outlet = add("outlet", new FakePowerControl(PowerAction.OFF));
        outlet.failWith(new IOException("The relay does not answer."));
        PowerException failed = failure(PowerAction.OFF);
        assertEquals(Reason.FAILED, failed.reason());
        assertEquals("The relay does not answer.", failed.getMessage());
        outlet.failWith(null);
        hub.performAction(PowerAction.OFF);
    }

    private PowerException failure(PowerAction action) {
        return assertThrows(PowerException.class, () -> hub.performAction(action));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertTrue(condition.getAsBoolean());
    }
}
