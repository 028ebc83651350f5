package org.catseye.linux;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.junit.After;
import org.junit.Test;

public class NativesTest {

    private final Activator activator = new Activator();

    @After
    public void startAgain() {
        activator.start(null);
    }

    @Test
    public void stopTakesTheFunctionsAwayAndStartBringsThemBack() throws IOException {
        Fd.open("/dev/null", Fd.O_RDONLY).close();
        assertTrue(Natives.registered());
        activator.stop(null);
        assertFalse(Natives.registered());
        IOException e = assertThrows(IOException.class, () -> Fd.open("/dev/null", Fd.O_RDONLY));
        assertTrue(e.getMessage(), e.getMessage().contains("org.catseye.linux is stopped"));
        activator.start(null);
        Fd.open("/dev/null", Fd.O_RDONLY).close();
        assertTrue(Natives.registered());
    }

    @Test
    public void whatIsOpenWorksOnUntilItIsClosed() throws IOException {
        int before = Natives.users();
        Fd zero = Fd.open("/dev/zero", Fd.O_RDONLY);
        assertEquals(before + 1, Natives.users());
        activator.stop(null);
        assertTrue("a thread may be inside", Natives.registered());
        assertEquals(8, zero.read(Struct.allocate(8)));
        zero.close();
        assertFalse(Natives.registered());
    }
}
