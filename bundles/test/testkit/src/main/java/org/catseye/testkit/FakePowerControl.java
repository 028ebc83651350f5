package org.catseye.testkit;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;

/** A power control that records what it is asked to do. Thread-safe. */
public final class FakePowerControl implements PowerControl {

    private final Set<PowerAction> supported = EnumSet.noneOf(PowerAction.class);
    private final List<PowerAction> performed = new CopyOnWriteArrayList<>();
    private volatile PowerReading reading = PowerReading.UNKNOWN;
    private final FakeFailures failures = new FakeFailures();
    private volatile int readings;

    public FakePowerControl(PowerAction... actions) {
        supported.addAll(List.of(actions));
    }

    /** What it reports from now on. */
    public FakePowerControl report(PowerReading next) {
        reading = next;
        return this;
    }

    /** Everything fails from now on; null for not any more. */
    public void failWith(IOException next) {
        failures.failWith(next);
    }

    /** From now on, everything waits until the latch is counted down. */
    public CountDownLatch hang() {
        return failures.hang();
    }

    /** The actions so far; a copy. */
    public List<PowerAction> performed() {
        return List.copyOf(performed);
    }

    /** How often the state was read. */
    public int readings() {
        return readings;
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return supported;
    }

    @Override
    public PowerReading readState() throws IOException {
        readings++;
        failures.awaitTurn();
        return reading;
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        failures.awaitTurn();
        performed.add(action);
    }
}
