package org.catseye.linux;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A part of a file or device that is mapped into memory. Accessing the memory after it is unmapped would crash the JVM. Its bytes
 * are therefore available only between {@link #pin()} and {@link #unpin()}, and close() takes effect when the last pin is
 * released. Thread-safe.
 */
public final class Mapping extends Counted {

    /**
     * The value that mmap returns on failure, as {@link Pointer#nativeValue} shows it (only the low 32 bits on 32-bit machines).
     */
    static final long FAILED = Struct.POINTER_BYTES == 8 ? -1L : 0xffffffffL;

    private final Pointer address;
    private final int length;
    private final ByteBuffer buffer;

    Mapping(Pointer address, int length) {
        this.address = address;
        this.length = length;
        this.buffer = address.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }

    /** The size in bytes. */
    public int length() {
        return length;
    }

    /**
     * Returns the mapped bytes, which must not be used after {@link #unpin()}. Always returns the same direct buffer: access it
     * by index and do not change its position or limit.
     *
     * @throws IOException if the mapping is closed
     */
    public ByteBuffer pin() throws IOException {
        if (!enter()) {
            throw closedAlready("mapping");
        }
        return buffer;
    }

    /** Releases one {@link #pin()}. */
    public void unpin() {
        exit();
    }

    @Override
    void release() {
        LibC.munmap(address, new NativeLong(length));
        Natives.exit();
    }
}
