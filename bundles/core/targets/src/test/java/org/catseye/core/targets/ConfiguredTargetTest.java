package org.catseye.core.targets;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.targets.PointerArea;
import org.junit.Test;

public class ConfiguredTargetTest {

    private static final String PID = "org.catseye.core.target~bay1";

    @Test
    public void aTargetHasItsIdAndALabel() {
        assertEquals("bay1 The mail server", described("bay1", " The mail server "));
        assertEquals("without a label the id is shown", "bay1 bay1", described("bay1", ""));
    }

    @Test
    public void whatCannotBeIsLeftOutAndBreaksNothing() {
        assertEquals(" x", described("", "x"));
        assertEquals(" x", described("../x", "x"));
        assertEquals("an empty list", " x", described(new String[0], "x"));
        assertEquals("bay1 bay1", described("bay1", new String[0]));
    }

    @Test
    public void aFormIsToldTheSame() throws Exception {
        TargetCheck check = new TargetCheck();
        check.checkValues(Map.of("service.pid", PID, "id", "bay1"));
        check.checkValues(Map.of("service.pid", PID));
        assertEquals(PID + ": id is '../x'; it has to be 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit",
                assertThrows(BadValueException.class, () -> check.checkValues(Map.of("service.pid", PID, "id", "../x"))).getMessage());
    }

    @Test
    public void thePointerAreaIsGivenInPercentAndTheWholeDesktopWithoutOne() {
        assertEquals(new PointerArea(0.5, 0, 0.5, 1), configured("bay1", "", " 50, 0,50,100 ").pointerArea());
        assertEquals(new PointerArea(0, 0.25, 0.375, 0.75), configured("bay1", "", "0,25,37.5,75").pointerArea());
        for (Object whole : new Object[] {new String[0], "", " ", "50,0,50", "50,0,51,100", "0,0,0,100", "a,b,c,d", "-1,0,50,100", "NaN,0,50,100", "0,0,50,100,"}) {
            assertEquals(String.valueOf(whole), PointerArea.WHOLE, configured("bay1", "", whole).pointerArea());
        }
    }

    @Test
    public void aFormRefusesAPointerAreaThatWouldBeIgnored() throws Exception {
        TargetCheck check = new TargetCheck();
        check.checkValues(Map.of("service.pid", PID, "pointerArea", "0,0,50,100"));
        String message = assertThrows(BadValueException.class, () -> check.checkValues(Map.of("service.pid", PID, "pointerArea", "60,0,50,100"))).getMessage();
        assertTrue(message, message.startsWith(PID + ": pointerArea is '60,0,50,100'; it has to be four percentages"));
    }

    /** @return id and label */
    private static String described(Object id, Object label) {
        ConfiguredTarget target = configured(id, label, "");
        return target.id() + " " + target.label();
    }

    private static ConfiguredTarget configured(Object id, Object label, Object pointerArea) {
        return new ConfiguredTarget(Map.of("service.pid", PID, "id", id, "label", label, "pointerArea", pointerArea));
    }
}
