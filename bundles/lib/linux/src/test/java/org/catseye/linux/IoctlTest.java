package org.catseye.linux;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import org.junit.Test;

public class IoctlTest {

    @Test
    public void encodesAsTheKernelHeadersDo() {
        assertEquals(0x80685600L, Ioctl.read("VIDIOC_QUERYCAP", 'V', 0, 104).number());
        assertEquals(0x40045612L, Ioctl.write("VIDIOC_STREAMON", 'V', 18, 4).number());
        assertEquals(0xc0585611L, Ioctl.readWrite("VIDIOC_DQBUF", 'V', 17, 88).number());
        assertEquals(0x5646L, Ioctl.none("VIDIOC_LOG_STATUS", 'V', 70).number());
    }

    @Test
    public void staysUnsignedWhereLongHas64Bits() {
        assertEquals(0xc0585611L, Ioctl.readWrite("VIDIOC_DQBUF", 'V', 17, 88).argument().longValue());
    }

    @Test
    public void refusesWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> Ioctl.read("X", 'V', 0, 1 << 14));
        assertThrows(IllegalArgumentException.class, () -> Ioctl.of("X", -1));
    }
}
