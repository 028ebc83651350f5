package org.catseye.power.relay;

import java.util.Map;
import org.catseye.power.relay.board.Boards;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Before;

/** A board that is plugged in before each test, on a real kernel. */
public abstract class RelayRigContract extends PowerControlContract {

    private final Boards boards = new Boards();
    private final String serial;
    private final int relays;
    RigBoards hardware;
    RelayControl control;
    private boolean plugged;

    RelayRigContract(String serial, int relays) {
        this.serial = serial;
        this.relays = relays;
    }

    @Before
    public void plugIn() throws Exception {
        hardware = new RigBoards();
        hardware.perform("plug " + serial + " " + relays);
        plugged = true;
    }

    @After
    public void unplug() throws Exception {
        if (control != null) {
            control.closeControl();
        }
        if (plugged) {
            hardware.perform("unplug " + serial);
        }
    }

    /** The control of the test from now on. */
    RelayControl useControl(Map<String, Object> settings) {
        control = new RelayControl(settings, boards);
        return control;
    }

    @Override
    protected void breakDevice() throws Exception {
        plugged = false;
        hardware.perform("unplug " + serial);
    }
}
