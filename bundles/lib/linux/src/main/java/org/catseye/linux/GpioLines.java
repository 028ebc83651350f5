package org.catseye.linux;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * GPIO lines that this process has reserved. They are numbered from 0 in the order of the request. When they are closed, the
 * controller's driver decides what becomes of outputs; most keep their level. Thread-safe.
 */
public final class GpioLines implements AutoCloseable {

    static final int VALUES_BYTES = 16;
    static final int MASK = 8;
    static final Ioctl GET_VALUES = Ioctl.readWrite("GPIO_V2_LINE_GET_VALUES", 0xb4, 0x0e, VALUES_BYTES);
    static final Ioctl SET_VALUES = Ioctl.readWrite("GPIO_V2_LINE_SET_VALUES", 0xb4, 0x0f, VALUES_BYTES);

    private final Fd fd;
    private final int count;

    GpioLines(Fd fd, int count) {
        this.fd = fd;
        this.count = count;
    }

    /** Whether a line is active. */
    public boolean readValue(int line) throws IOException {
        ByteBuffer values = createValues(line);
        fd.ioctl(GET_VALUES, values);
        return values.getLong(0) != 0;
    }

    /** Makes an output active or inactive. */
    public void writeValue(int line, boolean active) throws IOException {
        ByteBuffer values = createValues(line);
        values.putLong(0, active ? 1L << line : 0);
        fd.ioctl(SET_VALUES, values);
    }

    private ByteBuffer createValues(int line) {
        if (line < 0 || line >= count) {
            throw new IllegalArgumentException("there is no line " + line + " among " + count);
        }
        return Struct.allocate(VALUES_BYTES).putLong(MASK, 1L << line);
    }

    @Override
    public void close() {
        fd.close();
    }
}
