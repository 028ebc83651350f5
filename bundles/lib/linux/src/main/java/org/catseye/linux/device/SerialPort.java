package org.catseye.linux.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;

/**
 * A serial port that passes bytes unchanged, with 8 data bits, no parity, 1 stop bit and no flow control. While it is open, no other
 * program can open it, except as root. For one thread at a time.
 */
public final class SerialPort implements AutoCloseable {

    /** Speeds, in bits per second, and their codes in the structure (asm-generic/termbits.h). */
    public enum Speed {
        BAUD_9600(0x0d), BAUD_115200(0x1002);

        final int code;

        Speed(int code) {
            this.code = code;
        }
    }

    static final int O_NOCTTY = 0x100;
    static final Ioctl GET_ATTRIBUTES = Ioctl.of("TCGETS", 0x5401);
    static final Ioctl SET_ATTRIBUTES = Ioctl.of("TCSETS", 0x5402);
    static final Ioctl SET_EXCLUSIVE = Ioctl.of("TIOCEXCL", 0x540c);
    private static final int READ_BYTES = 256;

    private final Fd fd;
    private final Poller poller;
    private final ByteBuffer input = Struct.allocate(READ_BYTES);

    private SerialPort(Fd fd, Poller poller) {
        this.fd = fd;
        this.poller = poller;
        poller.add(fd, Poller.POLLIN);
    }

    /**
     * Opens a port, without waiting for a carrier.
     *
     * @throws ErrnoException if it is missing, or may not be opened; EBUSY if another program has it, ENOTTY if it is no serial port
     */
    public static SerialPort open(String path, Speed speed) throws IOException {
        Fd fd = Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK | O_NOCTTY);
        try {
            fd.ioctl(GET_ATTRIBUTES, Struct.allocate(Attributes.BYTES));
            fd.ioctl(SET_EXCLUSIVE, Struct.allocate(Integer.BYTES));
            fd.ioctl(SET_ATTRIBUTES, Attributes.encodeRaw(speed));
            return new SerialPort(fd, new Poller(1));
        } catch (IOException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Sends all bytes.
     *
     * @throws IOException if the port fails or is unplugged, or has not taken all bytes in time
     */
    public void write(byte[] bytes, long timeoutMillis) throws IOException {
        ByteBuffer output = Struct.allocate(bytes.length).put(bytes).flip();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        poller.events(1, Poller.POLLOUT);
        while (output.hasRemaining()) {
            int written = fd.tryWrite(output);
            if (written < 0 && written != -Errno.EAGAIN.code()) {
                throw new ErrnoException("write", fd.path(), -written);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (output.hasRemaining() && (left <= 0 || poller.poll(left) == 0)) {
                throw new ErrnoException("write", fd.path(), Errno.ETIMEDOUT.code());
            }
        }
    }

    /**
     * Waits for bytes.
     *
     * @return what has arrived, at most 256 bytes; empty if nothing arrives in time
     * @throws IOException if the port fails or is unplugged
     */
    public byte[] read(long timeoutMillis) throws IOException {
        poller.events(1, Poller.POLLIN);
        if (poller.poll(timeoutMillis) == 0) {
            return new byte[0];
        }
        input.clear();
        int bytes = fd.tryRead(input);
        if (bytes == -Errno.EAGAIN.code() && (poller.ready(1) & (Poller.POLLERR | Poller.POLLHUP)) == 0) {
            return new byte[0];
        }
        if (bytes <= 0) {
            throw new ErrnoException("read", fd.path(), bytes == 0 || bytes == -Errno.EAGAIN.code() ? Errno.EIO.code() : -bytes);
        }
        byte[] received = new byte[bytes];
        input.flip().get(received);
        return received;
    }

    @Override
    public void close() {
        poller.close();
        fd.close();
    }

    /** struct termios of the kernel: four 32-bit sets of flags, the line discipline, 19 control characters. */
    static final class Attributes {

        static final int BYTES = 36;
        static final int CONTROL_FLAGS = 8;
        static final int CHARACTERS = 17;
        static final int VMIN = 6;
        static final int CS8 = 0x30;
        static final int CREAD = 0x80;
        static final int CLOCAL = 0x800;

        private Attributes() {
        }

        /** No processing of input, output or lines. HUPCL is off too, so that closing the port does not change DTR. */
        static ByteBuffer encodeRaw(Speed speed) {
            return Struct.allocate(BYTES).putInt(CONTROL_FLAGS, CS8 | CREAD | CLOCAL | speed.code).put(CHARACTERS + VMIN, (byte) 1);
        }
    }
}
