package org.catseye.power.relay;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.junit.Test;

/** On a real kernel, by {@code rig/guest}: relay 2 of a board with two relays switches the supply. */
public class RelaySwitchRig extends RelayRigContract {

    private static final String SERIAL = "BITFT";

    public RelaySwitchRig() {
        super(SERIAL, 2);
    }

    private RelayControl createControl(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("channel", 2));
        settings.putAll(more);
        return useControl(settings);
    }

    @Override
    protected PowerControl createControl() {
        return createControl(Map.of());
    }

    @Override
    protected void setComputerOn(boolean on) throws Exception {
        hardware.perform("relay " + SERIAL + " 2 " + (on ? 1 : 0));
    }

    @Override
    protected boolean noticedAction(PowerAction action) throws IOException {
        return hardware.isClosed(SERIAL, 2) == (action == PowerAction.ON);
    }

    @Test
    public void aBoardThatIsPluggedInAgainIsUsedAtOnce() throws Exception {
        createControl(Map.of());
        control.performAction(PowerAction.ON);
        hardware.perform("unplug " + SERIAL);
        String missing = assertThrows(IOException.class, control::readState).getMessage();
        assertEquals("No USB relay board (USBRelay, 16c0:05df) is plugged in.", missing);
        hardware.perform("plug " + SERIAL + " 2");
        assertEquals("its relays are open", PowerCondition.OFF, control.readState().condition());
        hardware.perform("unplug " + SERIAL);
        hardware.perform("plug " + SERIAL + " 2");
        control.performAction(PowerAction.ON);
        assertEquals(PowerCondition.ON, control.readState().condition());
        assertTrue(hardware.isClosed(SERIAL, 2));
    }

    @Test
    public void severalBoardsAreToldApartByTheirSerialNumbers() throws Exception {
        hardware.perform("plug HURTM 4");
        try {
            String several = assertThrows(IOException.class, createControl(Map.of())::readState).getMessage();
            assertEquals("There are several USB relay boards (BITFT, HURTM): set the serial number.", several);
            createControl(Map.of("serial", "HURTM", "channel", 4)).performAction(PowerAction.ON);
            assertTrue(hardware.isClosed("HURTM", 4));
            createControl(Map.of("serial", SERIAL)).performAction(PowerAction.ON);
            assertTrue(hardware.isClosed(SERIAL, 2));
            assertFalse(hardware.isClosed("HURTM", 2));
            String unknown = assertThrows(IOException.class, createControl(Map.of("serial", "NOPES"))::readState).getMessage();
            assertEquals("No USB relay board with the serial number NOPES is plugged in; there is BITFT, HURTM.", unknown);
        } finally {
            hardware.perform("unplug HURTM");
        }
    }

    @Test
    public void aNodeThatMayNotBeOpenedIsAReasonInWords() throws Exception {
        hardware.perform("forbid");
        try {
            String forbidden = assertThrows(IOException.class, createControl(Map.of())::readState).getMessage();
            assertTrue(forbidden, forbidden.matches("The user of Catseye may not open /dev/hidraw\\d+: the udev rules of Catseye are missing or not yet in effect.*"));
        } finally {
            hardware.perform("allow");
        }
        assertEquals(PowerCondition.OFF, control.readState().condition());
    }

    @Test
    public void aRelayThatTheBoardLacksIsAReasonInWords() throws Exception {
        String lacking = assertThrows(IOException.class, createControl(Map.of("channel", 3))::readState).getMessage();
        assertEquals("The relay board has no relay 3: it has 2.", lacking);
    }
}
