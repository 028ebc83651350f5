package org.catseye.linux;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Memory with the layout of a C structure: a direct buffer in native byte order, accessed by offset. */
public final class Struct {

    /**
     * Size of a pointer in this JVM in bytes, 8 or 4. It determines the layout of a structure, whatever the kernel is: a 32-bit
     * JVM on a 64-bit kernel uses the 32-bit layouts.
     */
    public static final int POINTER_BYTES = Native.POINTER_SIZE;

    /** Whether this JVM is 32-bit x86, the only supported machine that aligns 64-bit members to 4 bytes. */
    public static final boolean I386 = Platform.isIntel() && !Platform.is64Bit();

    /** Allocates {@code bytes} bytes of zeroed memory, which are freed together with the buffer. */
    public static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Sets all bytes to zero without changing the position. */
    public static void clear(ByteBuffer struct) {
        int i = 0;
        for (; i + 8 <= struct.capacity(); i += 8) {
            struct.putLong(i, 0);
        }
        for (; i < struct.capacity(); i++) {
            struct.put(i, (byte) 0);
        }
    }

    /**
     * Stores the address of the first byte of {@code target} at {@code offset}. The caller must keep {@code target} reachable.
     */
    public static void putPointer(ByteBuffer struct, int offset, ByteBuffer target) {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(target));
        if (POINTER_BYTES == 8) {
            struct.putLong(offset, address);
        } else {
            struct.putInt(offset, (int) address);
        }
    }

    /** The UTF-8 text in a char array, up to its first NUL or up to {@code length} bytes. */
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
