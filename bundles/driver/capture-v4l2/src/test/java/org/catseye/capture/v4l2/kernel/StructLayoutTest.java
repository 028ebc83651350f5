package org.catseye.capture.v4l2.kernel;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Pins sizes, offsets and request numbers that gcc gives for linux/videodev2.h on x86-64, aarch64 and arm (32-bit time). */
public class StructLayoutTest {

    @Test
    public void sizesOf64Bits() {
        StructLayout l = StructLayout.LP64;
        assertEquals("v4l2_format", 208, l.formatBytes());
        assertEquals("v4l2_format.fmt", 8, l.pixelFormatOffset());
        assertEquals("v4l2_buffer", 88, l.bufferBytes());
        assertEquals("timestamp.tv_sec", 24, l.secondsOffset());
        assertEquals("timestamp.tv_usec", 32, l.microsOffset());
        assertEquals("sequence", 56, l.sequenceOffset());
        assertEquals("memory", 60, l.memoryOffset());
        assertEquals("m.offset", 64, l.mapOffset());
        assertEquals("length", 72, l.lengthOffset());
        assertEquals("v4l2_event", 136, l.eventBytes());
        assertEquals("v4l2_edid", 40, l.edidBytes());
        assertTrue(l.hasWideTime());
    }

    @Test
    public void sizesOf32BitArm() {
        StructLayout l = StructLayout.ARM32;
        assertEquals("v4l2_format", 204, l.formatBytes());
        assertEquals("v4l2_format.fmt", 4, l.pixelFormatOffset());
        assertEquals("v4l2_buffer", 68, l.bufferBytes());
        assertEquals("timestamp.tv_sec", 20, l.secondsOffset());
        assertEquals("timestamp.tv_usec", 24, l.microsOffset());
        assertEquals("sequence", 44, l.sequenceOffset());
        assertEquals("memory", 48, l.memoryOffset());
        assertEquals("m.offset", 52, l.mapOffset());
        assertEquals("length", 56, l.lengthOffset());
        assertEquals("v4l2_event", 128, l.eventBytes());
        assertEquals("v4l2_edid", 36, l.edidBytes());
        assertFalse(l.hasWideTime());
    }

    @Test
    public void layoutDependsOnTheJvmInsteadOfTheKernel() {
        assertSame(StructLayout.LP64, StructLayout.forPointerSize(8, false));
        assertSame(StructLayout.ARM32, StructLayout.forPointerSize(4, false));
        assertThrows(UnsupportedOperationException.class, () -> StructLayout.forPointerSize(4, true));
    }

    @Test
    public void requestNumbersThatDifferByLayout() {
        assertEquals(0xc0d05605L, V4l2.setFormatRequest(StructLayout.LP64).number());
        assertEquals(0xc0cc5605L, V4l2.setFormatRequest(StructLayout.ARM32).number());
        assertEquals(0xc0585609L, V4l2.queryBufferRequest(StructLayout.LP64).number());
        assertEquals(0xc0445609L, V4l2.queryBufferRequest(StructLayout.ARM32).number());
        assertEquals(0xc058560fL, V4l2.queueBufferRequest(StructLayout.LP64).number());
        assertEquals(0xc044560fL, V4l2.queueBufferRequest(StructLayout.ARM32).number());
        assertEquals(0xc0585611L, V4l2.dequeueBufferRequest(StructLayout.LP64).number());
        assertEquals(0xc0445611L, V4l2.dequeueBufferRequest(StructLayout.ARM32).number());
        assertEquals(0x80885659L, V4l2.dequeueEventRequest(StructLayout.LP64).number());
        assertEquals(0x80805659L, V4l2.dequeueEventRequest(StructLayout.ARM32).number());
        assertEquals(0xc0285628L, V4l2.getEdidRequest(StructLayout.LP64).number());
        assertEquals(0xc0245628L, V4l2.getEdidRequest(StructLayout.ARM32).number());
        assertEquals(0xc0285629L, V4l2.setEdidRequest(StructLayout.LP64).number());
        assertEquals(0xc0245629L, V4l2.setEdidRequest(StructLayout.ARM32).number());
    }

    @Test
    public void requestNumbersThatAreTheSameEverywhere() {
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
    public void formatNamesHaveFourLetters() {
        assertEquals(0x47504a4d, V4l2.MJPG);
        assertEquals(0x4745504a, V4l2.JPEG);
        assertEquals(0x56595559, V4l2.YUYV);
        assertEquals(0x59565955, V4l2.UYVY);
        assertEquals("MJPG", V4l2.formatName(V4l2.MJPG));
    }
}
