package org.catseye.linux.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.junit.Test;

/** Without a HID device; the rigs of the drivers that use it have one. */
public class HidRawTest {

    @Test
    public void theRequestsAreThoseOfTheKernelHeaders() {
        assertEquals(0xc0094806L, HidRaw.sendRequest(9).number());
        assertEquals(0xc0094807L, HidRaw.fetchRequest(9).number());
    }

    @Test
    public void aDeviceOfAnotherKindIsRefused() throws Exception {
        try (HidRaw device = HidRaw.open("/dev/null", 9)) {
            assertTrue(assertThrows(ErrnoException.class, device::readInfo).is(Errno.ENOTTY, Errno.EINVAL));
        }
        assertTrue(assertThrows(ErrnoException.class, () -> HidRaw.open("/dev/hidraw977", 9)).is(Errno.ENOENT));
    }
}
