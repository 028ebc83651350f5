package org.catseye.linux;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of a file or device in memory. Touching it after it is unmapped would end the JVM, so its bytes are reached only
 * between {@link #pin()} and {@link #unpin()}, and close() takes effect when the last pin is gone. Thread-safe.
 */
public final class Mapping extends Counted {

    /** What mmap returns when it fails, as {@link Pointer#nativeValue} shows it (the low 32 bits alone on 32-bit machines). */
    static final long FAILED = Struct.POINTER_BYTES == 8 ? -1L : 0xffffffffL;

    private final Pointer address;
    private final int length;
    private final ByteBuffer buffer;

    Mapping(Pointer address, int length) {
        this.address = address;
        this.length = length;
        this.buffer = address.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }

    /** Bytes. */
    public int length() {
        return length;
    }

    /**
     * The bytes, to be used until {@link #unpin()} and not a moment longer. Always the same direct buffer: give indexes, do not
     * move its position or limit.
     *
     * @throws IOException if closed already
     */
    public ByteBuffer pin() throws IOException {
        if (!enter()) {
            throw closedAlready("mapping");
        }
        return buffer;
    }

    /** Ends one {@link #pin()}. */
    public void unpin() {
        exit();
    }

    @Override
    void release() {
        LibC.munmap(address, new NativeLong(length));
        Natives.exit();
    }
}
