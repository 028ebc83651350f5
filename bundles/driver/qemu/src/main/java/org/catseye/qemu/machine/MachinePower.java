package org.catseye.qemu.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.power.PowerAction;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.qemu.qmp.QmpClient;
import org.catseye.qemu.qmp.QmpError;

/**
 * The power of a virtual machine. QEMU has no command that switches a machine off and lets its process run, but a machine that is stopped and
 * then reset is like one that has never been started: it begins with its firmware. This is what off means here. Thread-safe.
 */
public final class MachinePower implements PowerControl {

    private static final Duration READ_TIMEOUT = Duration.ofMillis(2_500);
    private static final Duration ACTION_TIMEOUT = Duration.ofSeconds(4);
    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_MILLIS = 20;

    private final QmpClient client;

    public MachinePower(QmpClient client) {
        this.client = client;
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return EnumSet.allOf(PowerAction.class);
    }

    /** What the machine does. @throws IOException if QEMU does not answer within the limit; the message is for the user */
    public RunState readRunState(Duration limit) throws IOException, InterruptedException {
        return RunState.findByName(client.execute("query-status", Map.of(), limit).path("status").asText());
    }

    @Override
    public PowerReading readState() throws IOException {
        try {
            return PowerReading.ofPower(readRunState(READ_TIMEOUT) != RunState.OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The reading was interrupted.", e);
        }
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        RunState state = readRunState(READ_TIMEOUT);
        switch (action) {
            case PRESS -> pressPowerButton(state);
            case RESET -> reset(state);
            case HOLD, OFF -> switchOff(state);
            case ON, WAKE -> switchOn(state);
            case CYCLE -> {
                switchOff(state);
                switchOn(RunState.OFF);
            }
        }
    }

    private void pressPowerButton(RunState state) throws IOException, InterruptedException {
        if (state == RunState.OFF || state == RunState.SUSPENDED) {
            switchOn(state);
        } else if (state == RunState.RUNNING || state == RunState.OTHER) {
            execute("system_powerdown");
        } else {
            throw new IOException("The virtual machine cannot react to its power button. " + state.description());
        }
    }

    /** As on real computers, the reset button of a computer that is off has no effect. */
    private void reset(RunState state) throws IOException, InterruptedException {
        if (state == RunState.OFF) {
            throw new IOException("The virtual machine is switched off, so its reset button has no effect. Switch it on.");
        }
        execute("system_reset");
        if (state.isBroken() || state.isContinuable()) {
            awaitReset();
            execute("cont");
        }
    }

    private void switchOff(RunState state) throws IOException, InterruptedException {
        if (state == RunState.OFF) {
            return;
        }
        execute("stop");
        execute("system_reset");
        awaitReset();
    }

    private void switchOn(RunState state) throws IOException, InterruptedException {
        if (state == RunState.SUSPENDED) {
            wakeUp();
        } else if (state == RunState.OFF || state.isBroken()) {
            execute("system_reset");
            awaitReset();
            execute("cont");
        } else if (state.isContinuable()) {
            execute("cont");
        }
    }

    private void wakeUp() throws IOException, InterruptedException {
        try {
            execute("system_wakeup");
        } catch (QmpError e) {
            // It woke up in the meantime, or its firmware cannot.
            if (readRunState(READ_TIMEOUT) == RunState.SUSPENDED) {
                throw e;
            }
        }
    }

    /** QEMU resets the machine after it has answered the command. It then has the state of one that has not been started. */
    private void awaitReset() throws IOException, InterruptedException {
        long end = System.nanoTime() + RESET_NANOS;
        while (!client.execute("query-status", Map.of(), READ_TIMEOUT).path("status").asText().equals("prelaunch")) {
            if (System.nanoTime() > end) {
                throw new IOException("QEMU has not reset the virtual machine. With the option -no-reboot it does not.");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void execute(String command) throws IOException, InterruptedException {
        client.execute(command, Map.of(), ACTION_TIMEOUT);
    }
}
