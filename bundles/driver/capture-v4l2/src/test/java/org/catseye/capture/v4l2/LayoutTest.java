package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Pins sizes, offsets and request numbers as gcc gives them for linux/videodev2.h on x86-64, aarch64 and arm (32-bit time). */
public class LayoutTest {

    @Test
    public void sizesOf64Bits() {
        Layout l = Layout.LP64;
        assertEquals("v4l2_format", 208, l.format());
        assertEquals("v4l2_format.fmt", 8, l.pix());
        assertEquals("v4l2_buffer", 88, l.buffer());
        assertEquals("timestamp.tv_sec", 24, l.seconds());
        assertEquals("timestamp.tv_usec", 32, l.micros());
        assertEquals("sequence", 56, l.sequence());
        assertEquals("memory", 60, l.memory());
        assertEquals("m.offset", 64, l.offset());
        assertEquals("length", 72, l.length());
        assertEquals("v4l2_event", 136, l.event());
        assertEquals("v4l2_edid", 40, l.edid());
        assertTrue(l.wideTime());
    }

    @Test
    public void sizesOf32BitArm() {
        Layout l = Layout.ARM32;
        assertEquals("v4l2_format", 204, l.format());
        assertEquals("v4l2_format.fmt", 4, l.pix());
        assertEquals("v4l2_buffer", 68, l.buffer());
        assertEquals("timestamp.tv_sec", 20, l.seconds());
        assertEquals("timestamp.tv_usec", 24, l.micros());
        assertEquals("sequence", 44, l.sequence());
        assertEquals("memory", 48, l.memory());
        assertEquals("m.offset", 52, l.offset());
        assertEquals("length", 56, l.length());
        assertEquals("v4l2_event", 128, l.event());
        assertEquals("v4l2_edid", 36, l.edid());
        assertFalse(l.wideTime());
    }

    @Test
    public void theJvmDecidesNotTheKernel() {
        assertSame(Layout.LP64, Layout.of(8, false));
        assertSame(Layout.ARM32, Layout.of(4, false));
        assertThrows(UnsupportedOperationException.class, () -> Layout.of(4, true));
    }

    @Test
    public void requestsThatDifferByLayout() {
        assertEquals(0xc0d05605L, V4l2.setFormat(Layout.LP64).number());
        assertEquals(0xc0cc5605L, V4l2.setFormat(Layout.ARM32).number());
        assertEquals(0xc0585609L, V4l2.queryBuffer(Layout.LP64).number());
        assertEquals(0xc0445609L, V4l2.queryBuffer(Layout.ARM32).number());
        assertEquals(0xc058560fL, V4l2.queue(Layout.LP64).number());
        assertEquals(0xc044560fL, V4l2.queue(Layout.ARM32).number());
        assertEquals(0xc0585611L, V4l2.dequeue(Layout.LP64).number());
        assertEquals(0xc0445611L, V4l2.dequeue(Layout.ARM32).number());
        assertEquals(0x80885659L, V4l2.dequeueEvent(Layout.LP64).number());
        assertEquals(0x80805659L, V4l2.dequeueEvent(Layout.ARM32).number());
        assertEquals(0xc0285628L, V4l2.getEdid(Layout.LP64).number());
        assertEquals(0xc0245628L, V4l2.getEdid(Layout.ARM32).number());
        assertEquals(0xc0285629L, V4l2.setEdid(Layout.LP64).number());
        assertEquals(0xc0245629L, V4l2.setEdid(Layout.ARM32).number());
    }

    @Test
    public void requestsThatAreTheSameEverywhere() {
        assertEquals(0x80685600L, V4l2.QUERYCAP.number());
        assertEquals(0xc0405602L, V4l2.ENUM_FMT.number());
        assertEquals(0xc0145608L, V4l2.REQBUFS.number());
        assertEquals(0x40045612L, V4l2.STREAMON.number());
        assertEquals(0x40045613L, V4l2.STREAMOFF.number());
        assertEquals(0xc0cc5615L, V4l2.G_PARM.number());
        assertEquals(0xc0cc5616L, V4l2.S_PARM.number());
        assertEquals(0xc050561aL, V4l2.ENUMINPUT.number());
        assertEquals(0x80045626L, V4l2.G_INPUT.number());
        assertEquals(0xc008561cL, V4l2.S_CTRL.number());
        assertEquals(0xc0445624L, V4l2.QUERYCTRL_REQUEST.number());
        assertEquals(0xc02c564aL, V4l2.ENUM_FRAMESIZES.number());
        assertEquals(0xc034564bL, V4l2.ENUM_FRAMEINTERVALS.number());
        assertEquals(0x4020565aL, V4l2.SUBSCRIBE_EVENT.number());
        assertEquals(0xc0845657L, V4l2.S_DV_TIMINGS.number());
        assertEquals(0x80845663L, V4l2.QUERY_DV_TIMINGS.number());
    }

    @Test
    public void formatsAreFourLetters() {
        assertEquals(0x47504a4d, V4l2.MJPG);
        assertEquals(0x4745504a, V4l2.JPEG);
        assertEquals(0x56595559, V4l2.YUYV);
        assertEquals(0x59565955, V4l2.UYVY);
        assertEquals("MJPG", V4l2.name(V4l2.MJPG));
    }
}
