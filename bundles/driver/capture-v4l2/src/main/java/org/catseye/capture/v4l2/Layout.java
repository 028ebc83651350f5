package org.catseye.capture.v4l2;

import org.catseye.linux.Struct;

/**
 * Sizes and offsets of those V4L2 structures that differ between 64-bit and 32-bit programs (linux/videodev2.h, compiled for
 * x86-64, aarch64 and arm). What is the same everywhere stands in {@link V4l2}. All figures are bytes.
 *
 * @param format size of v4l2_format
 * @param pix where the union of v4l2_format begins
 * @param buffer size of v4l2_buffer
 * @param seconds offset of its timestamp.tv_sec
 * @param micros offset of its timestamp.tv_usec; as wide as the distance to seconds
 * @param sequence offset of its sequence
 * @param memory offset of its memory
 * @param offset offset of its m.offset
 * @param length offset of its length
 * @param event size of v4l2_event
 * @param edid size of v4l2_edid
 */
record Layout(int format, int pix, int buffer, int seconds, int micros, int sequence, int memory, int offset, int length,
        int event, int edid) {

    /** Every 64-bit Linux. */
    static final Layout LP64 = new Layout(208, 8, 88, 24, 32, 56, 60, 64, 72, 136, 40);

    /** 32-bit arm with the plain ioctl() of libc, that is 32-bit time; the kernel takes it on 64-bit machines as well. */
    static final Layout ARM32 = new Layout(204, 4, 68, 20, 24, 44, 48, 52, 56, 128, 36);

    /** This JVM's. */
    static Layout current() {
        return of(Struct.POINTER_BYTES, Struct.I386);
    }

    static Layout of(int pointerBytes, boolean i386) {
        if (i386) {
            throw new UnsupportedOperationException("32-bit x86 is not supported: its V4L2 structures differ from all others");
        }
        return pointerBytes == 8 ? LP64 : ARM32;
    }

    /** Whether time stamps have 64-bit members. */
    boolean wideTime() {
        return micros - seconds == 8;
    }
}
