package org.catseye.linux;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * An open file descriptor. Thread-safe: while one thread is in a call, closing the descriptor in another thread does not allow
 * the system to reuse its number. Closing does not wake a blocked call, so open files with {@link #O_NONBLOCK} and wait with a
 * {@link Poller}. After close, every call fails with EBADF.
 *
 * <p>The {@code try...} methods are for loops: they return the result or the negative errno, and allocate nothing. The other
 * methods throw {@link ErrnoException}. All buffers must be direct.
 */
public final class Fd extends Counted {

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;

    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int SEEK_SET = 0;

    private static final int EINTR = Errno.EINTR.code();
    private static final int CLOSED = -Errno.EBADF.code();
    private static final NativeLong EIGHT = new NativeLong(8);

    private final int number;
    private final String path;

    private Fd(int number, String path) {
        this.number = number;
        this.path = path;
    }

    /** Opens a file. O_CLOEXEC is added to the flags. */
    public static Fd open(String path, int flags) throws IOException {
        return open(path, flags, 0);
    }

    /** Opens a file with a mode for O_CREAT. O_CLOEXEC is added to the flags. */
    public static Fd open(String path, int flags, int mode) throws IOException {
        Objects.requireNonNull(path, "path");
        return own(path, "open", () -> LibC.open(path, flags | O_CLOEXEC, mode));
    }

    /** Creates an eventfd that other threads increment to wake a poll: non-blocking, starting at 0. */
    public static Fd eventfd() throws IOException {
        return own("eventfd", "eventfd", () -> LibC.eventfd(0, O_NONBLOCK | O_CLOEXEC));
    }

    /** Opens a socket. SOCK_CLOEXEC is added to the type. Messages refer to the socket by {@code name}. */
    public static Fd socket(String name, int domain, int type, int protocol) throws IOException {
        return own(name, "socket", () -> LibC.socket(domain, type | O_CLOEXEC, protocol));
    }

    /** Takes over a descriptor that the kernel has made, such as by an ioctl. */
    static Fd adopt(int number, String name) throws IOException {
        return own(name, "adopt", () -> number);
    }

    /** The path or name under which it was opened. */
    public String path() {
        return path;
    }

    /** Binds a socket to a sockaddr, which fills the whole of {@code address}. */
    public void bind(ByteBuffer address) throws IOException {
        requireDirect(address);
        check("bind", enter() ? leave(result(LibC.bind(number, address, address.capacity()))) : CLOSED);
    }

    /** Sets a socket option. The structure fills the whole of {@code value}. */
    public void option(int level, int option, ByteBuffer value) throws IOException {
        requireDirect(value);
        check("setsockopt", enter() ? leave(result(LibC.setsockopt(number, level, option, value, value.capacity()))) : CLOSED);
    }

    /** Performs an ioctl on the structure that starts at index 0 of {@code argument}. */
    public int ioctl(Ioctl request, ByteBuffer argument) throws IOException {
        return check(request.name(), tryIoctl(request, argument));
    }

    /** Like {@link #ioctl}, but returns the result of the ioctl or the negative errno. */
    public int tryIoctl(Ioctl request, ByteBuffer argument) {
        requireDirect(argument);
        if (!enter()) {
            return CLOSED;
        }
        int result;
        do {
            result = result(LibC.ioctl(number, request.argument(), argument));
        } while (result == -EINTR);
        return leave(result);
    }

    /**
     * Reads into {@code to} from its position to its limit, and advances the position.
     *
     * @return the number of bytes read; 0 at the end of the file
     */
    public int read(ByteBuffer to) throws IOException {
        return check("read", tryRead(to));
    }

    /** Like {@link #read}, but returns the number of bytes or the negative errno. */
    public int tryRead(ByteBuffer to) {
        return transfer(to, false);
    }

    /**
     * Writes {@code from} from its position to its limit in one call, and advances the position.
     *
     * @return the number of bytes written
     */
    public int write(ByteBuffer from) throws IOException {
        return check("write", tryWrite(from));
    }

    /** Like {@link #write}, but returns the number of bytes or the negative errno. */
    public int tryWrite(ByteBuffer from) {
        return transfer(from, true);
    }

    /** Sets the file position to {@code offset} bytes from the start. */
    public void seek(long offset) throws IOException {
        check("lseek", enter() ? leave(result(LibC.lseek(number, new NativeLong(offset), SEEK_SET).intValue())) : CLOSED);
    }

    /**
     * Maps {@code length} bytes starting at {@code offset} (MAP_SHARED, readable and writable). The mapping stays valid after
     * this descriptor is closed.
     */
    public Mapping map(int length, long offset) throws IOException {
        if (!enter()) {
            throw closedAlready(path);
        }
        try {
            Natives.enter();
            Pointer address = LibC.mmap(Pointer.NULL, new NativeLong(length), PROT_READ_WRITE, MAP_SHARED, number, new NativeLong(offset));
            if (Pointer.nativeValue(address) == Mapping.FAILED) {
                int code = LibC.errno();
                Natives.exit();
                throw new ErrnoException("mmap", path, code);
            }
            return new Mapping(address, length);
        } finally {
            exit();
        }
    }

    int number() {
        return number;
    }

    @Override
    void release() {
        // Not repeated after EINTR: Linux has closed the descriptor anyway, and its number may already be in use again.
        LibC.close(number);
        Natives.exit();
    }

    @Override
    public String toString() {
        return path;
    }

    private int transfer(ByteBuffer buffer, boolean write) {
        requireDirect(buffer);
        if (!enter()) {
            return CLOSED;
        }
        ByteBuffer at = buffer.position() == 0 ? buffer : buffer.slice();
        NativeLong bytes = buffer.remaining() == 8 ? EIGHT : new NativeLong(buffer.remaining());
        int result;
        do {
            NativeLong done = write ? LibC.write(number, at, bytes) : LibC.read(number, at, bytes);
            result = result(done.intValue());
        } while (result == -EINTR);
        if (result > 0) {
            buffer.position(buffer.position() + result);
        }
        return leave(result);
    }

    private int leave(int result) {
        exit();
        return result;
    }

    private int check(String call, int result) throws IOException {
        if (result < 0) {
            throw new ErrnoException(call, path, -result);
        }
        return result;
    }

    private static int result(int returned) {
        return returned < 0 ? -LibC.errno() : returned;
    }

    /** Before {@link #enter()}: an exception after it would leave the descriptor open for good. */
    private static void requireDirect(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("a direct buffer is needed: see Struct.allocate");
        }
    }

    private static Fd own(String path, String call, IntSupplier opener) throws IOException {
        Natives.enter();
        int result;
        do {
            result = result(opener.getAsInt());
        } while (result == -EINTR);
        if (result < 0) {
            Natives.exit();
            throw new ErrnoException(call, path, -result);
        }
        return new Fd(result, path);
    }
}
