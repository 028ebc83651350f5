package org.catseye.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A GPIO controller: the character device {@code /dev/gpiochipN}, by version 2 of its interface (Linux 5.10, uapi/linux/gpio.h).
 * Thread-safe.
 */
public final class GpioChip implements AutoCloseable {

    /** The kernel's GPIO_V2_LINES_MAX. */
    public static final int MAX_LINES = 64;

    /** How a line is used. Values on a line that is active low are inverted by the kernel: true is always "active". */
    public enum Direction { INPUT, OUTPUT }

    /** The resistor of an input. */
    public enum Bias { AS_IS, PULL_UP, PULL_DOWN }

    static final int NAME_BYTES = 32;

    static final Ioctl GET_CHIP_INFO = Ioctl.read("GPIO_GET_CHIPINFO", 0xb4, 0x01, 2 * NAME_BYTES + 4);
    static final Ioctl GET_LINE = Ioctl.readWrite("GPIO_V2_GET_LINE", 0xb4, 0x07, LineRequest.BYTES);

    private final Fd fd;

    private GpioChip(Fd fd) {
        this.fd = fd;
    }

    /**
     * What a controller says of itself.
     *
     * @param name the kernel's name, such as gpiochip0
     * @param label the controller's, such as pinctrl-bcm2711
     * @param lines how many lines it has
     */
    public record Info(String name, String label, int lines) {
    }

    /** @throws IOException if the device is missing or may not be opened */
    public static GpioChip open(String path) throws IOException {
        return new GpioChip(Fd.open(path, Fd.O_RDWR));
    }

    public Info readInfo() throws IOException {
        ByteBuffer info = Struct.allocate(2 * NAME_BYTES + 4);
        fd.ioctl(GET_CHIP_INFO, info);
        return new Info(Struct.text(info, 0, NAME_BYTES), Struct.text(info, NAME_BYTES, NAME_BYTES), info.getInt(2 * NAME_BYTES));
    }

    /**
     * Reserves lines for this process. Outputs become inactive at once.
     *
     * @param consumer shown by gpioinfo; at most 31 ASCII characters count
     * @param offsets the numbers of the lines on this controller, up to {@link #MAX_LINES}
     * @param bias of inputs; ignored for outputs
     * @throws ErrnoException EBUSY if another process has one of them, EINVAL if there is no such line or the controller lacks the bias
     */
    public GpioLines requestLines(String consumer, List<Integer> offsets, Direction direction, boolean activeLow, Bias bias) throws IOException {
        if (offsets.isEmpty() || offsets.size() > MAX_LINES) {
            throw new IllegalArgumentException(offsets.size() + " lines");
        }
        ByteBuffer request = LineRequest.encode(consumer.getBytes(StandardCharsets.US_ASCII), offsets, LineRequest.flags(direction, activeLow, bias));
        fd.ioctl(GET_LINE, request);
        return new GpioLines(Fd.adopt(LineRequest.fd(request), fd.path() + " lines " + offsets), offsets.size());
    }

    /** Lines that were requested stay reserved until they are closed themselves. */
    @Override
    public void close() {
        fd.close();
    }

    /** struct gpio_v2_line_request. */
    static final class LineRequest {

        static final int BYTES = 592;
        static final int CONSUMER = 4 * MAX_LINES;
        static final int FLAGS = CONSUMER + NAME_BYTES;
        /** struct gpio_v2_line_config: flags, num_attrs, padding, ten attributes of 24 bytes. */
        static final int NUM_LINES = FLAGS + 272;
        static final int FD = BYTES - 4;

        static final long ACTIVE_LOW = 1L << 1;
        static final long INPUT = 1L << 2;
        static final long OUTPUT = 1L << 3;
        static final long PULL_UP = 1L << 8;
        static final long PULL_DOWN = 1L << 9;

        private LineRequest() {
        }

        static long flags(Direction direction, boolean activeLow, Bias bias) {
            long flags = activeLow ? ACTIVE_LOW : 0;
            if (direction == Direction.OUTPUT) {
                return flags | OUTPUT;
            }
            return flags | INPUT | switch (bias) {
                case AS_IS -> 0;
                case PULL_UP -> PULL_UP;
                case PULL_DOWN -> PULL_DOWN;
            };
        }

        static ByteBuffer encode(byte[] consumer, List<Integer> offsets, long flags) {
            ByteBuffer request = Struct.allocate(BYTES);
            for (int i = 0; i < offsets.size(); i++) {
                request.putInt(4 * i, offsets.get(i));
            }
            request.put(CONSUMER, consumer, 0, Math.min(consumer.length, NAME_BYTES - 1));
            request.putLong(FLAGS, flags);
            request.putInt(NUM_LINES, offsets.size());
            return request;
        }

        static int fd(ByteBuffer request) {
            return request.getInt(FD);
        }
    }
}
