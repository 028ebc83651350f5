package org.catseye.linux;

import com.sun.jna.NativeLong;

/**
 * An ioctl request: its number, encoded as in asm-generic/ioctl.h, and its name for messages. Create requests once, as constants.
 */
public final class Ioctl {

    private static final int WRITE = 1;
    private static final int READ = 2;

    private final String name;
    private final long number;
    private final NativeLong argument;

    private Ioctl(String name, long number) {
        this.name = name;
        this.number = number;
        // Unsigned: a negative int would be extended to 0xffffffff........ where long has 64 bits.
        this.argument = new NativeLong(number, true);
    }

    /** Creates a request from its number, 0 to 0xffffffff. */
    public static Ioctl of(String name, long number) {
        if (number < 0 || number > 0xffffffffL) {
            throw new IllegalArgumentException(name + ": " + number + " is not an unsigned 32-bit number");
        }
        return new Ioctl(name, number);
    }

    /** {@code _IO(type, nr)}: a request without an argument. */
    public static Ioctl none(String name, int type, int nr) {
        return encode(name, 0, type, nr, 0);
    }

    /** {@code _IOR(type, nr, size)}: the kernel writes the argument. */
    public static Ioctl read(String name, int type, int nr, int size) {
        return encode(name, READ, type, nr, size);
    }

    /** {@code _IOW(type, nr, size)}: the kernel reads the argument. */
    public static Ioctl write(String name, int type, int nr, int size) {
        return encode(name, WRITE, type, nr, size);
    }

    /** {@code _IOWR(type, nr, size)}: the kernel reads and changes the argument. */
    public static Ioctl readWrite(String name, int type, int nr, int size) {
        return encode(name, READ | WRITE, type, nr, size);
    }

    private static Ioctl encode(String name, long direction, int type, int nr, int size) {
        if (type >> 8 != 0 || nr >> 8 != 0 || size >> 14 != 0) {
            throw new IllegalArgumentException(name + ": type, nr or size is out of range");
        }
        return of(name, direction << 30 | (long) size << 16 | (long) type << 8 | nr);
    }

    public String name() {
        return name;
    }

    /** The encoded request, 0 to 0xffffffff. */
    public long number() {
        return number;
    }

    NativeLong argument() {
        return argument;
    }

    @Override
    public String toString() {
        return name;
    }
}
