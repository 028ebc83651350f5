package org.catseye.capture.v4l2.kernel;

import org.catseye.linux.Struct;

/**
 * Sizes and offsets of those V4L2 structures that differ between 64-bit and 32-bit programs (linux/videodev2.h, compiled for
 * amd64, arm64 and armhf: kernel-values.txt of the tests). {@link V4l2} has those that are the same everywhere. All values are bytes.
 *
 * @param formatBytes size of v4l2_format
 * @param pixelFormatOffset where the union of v4l2_format begins
 * @param bufferBytes size of v4l2_buffer
 * @param secondsOffset offset of its timestamp.tv_sec
 * @param microsOffset offset of its timestamp.tv_usec; the field is as wide as the distance from tv_sec
 * @param sequenceOffset offset of its sequence
 * @param memoryOffset offset of its memory
 * @param mapOffset offset of its m.offset
 * @param lengthOffset offset of its length
 * @param eventBytes size of v4l2_event
 * @param edidBytes size of v4l2_edid
 */
public record StructLayout(int formatBytes, int pixelFormatOffset, int bufferBytes, int secondsOffset, int microsOffset, int sequenceOffset,
        int memoryOffset, int mapOffset, int lengthOffset, int eventBytes, int edidBytes) {

    /** Every 64-bit Linux. */
    static final StructLayout LP64 = new StructLayout(208, 8, 88, 24, 32, 56, 60, 64, 72, 136, 40);

    /** 32-bit arm with the plain ioctl() of libc, which uses 32-bit time. 64-bit kernels accept it as well. */
    static final StructLayout ARM32 = new StructLayout(204, 4, 68, 20, 24, 44, 48, 52, 56, 128, 36);

    /** The layout for this JVM. */
    static StructLayout currentLayout() {
        return forPointerSize(Struct.POINTER_BYTES, Struct.I386);
    }

    static StructLayout forPointerSize(int pointerBytes, boolean i386) {
        if (i386) {
            throw new UnsupportedOperationException("32-bit x86 is not supported: its V4L2 structures differ from all others");
        }
        return pointerBytes == 8 ? LP64 : ARM32;
    }

    /** Whether timestamps have 64-bit members. */
    boolean hasWideTime() {
        return microsOffset - secondsOffset == 8;
    }
}
