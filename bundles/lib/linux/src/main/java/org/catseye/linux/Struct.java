package org.catseye.linux;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Memory in the shape of a C structure: a direct buffer in the machine's byte order, addressed by offsets. */
public final class Struct {

    /**
     * Bytes of a pointer in this JVM, 8 or 4. It decides which layout of a structure applies, whatever the kernel is: a 32-bit
     * JVM on a 64-bit kernel speaks the 32-bit layouts.
     */
    public static final int POINTER_BYTES = Native.POINTER_SIZE;

    /** Whether this JVM is 32-bit x86, where 64-bit members are aligned to 4: unlike every other machine here. */
    public static final boolean I386 = Platform.isIntel() && !Platform.is64Bit();

    /** Zeroed memory of {@code bytes}; freed with the buffer. */
    public static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Sets all bytes to zero, without moving the position. */
    public static void clear(ByteBuffer struct) {
        int i = 0;
        for (; i + 8 <= struct.capacity(); i += 8) {
            struct.putLong(i, 0);
        }
        for (; i < struct.capacity(); i++) {
            struct.put(i, (byte) 0);
        }
    }

    /** Stores the address of {@code target}'s first byte at {@code offset}. The caller keeps {@code target} alive. */
    public static void putPointer(ByteBuffer struct, int offset, ByteBuffer target) {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(target));
        if (POINTER_BYTES == 8) {
            struct.putLong(offset, address);
        } else {
            struct.putInt(offset, (int) address);
        }
    }

    /** The text in a char array: up to its first NUL or {@code length}, as UTF-8. */
    public static String text(ByteBuffer struct, int offset, int length) {
        byte[] bytes = new byte[length];
        struct.get(offset, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private Struct() {
    }
}
