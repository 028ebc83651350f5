package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;
import org.catseye.video.IncomingSignal.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of an MS21xx stick's HDMI input, read from the chip through the stick's HID interface: a feature report
 * {@code id B5 high low} asks for one byte of XDATA, and the report that is fetched then carries it at offset 4 (as found by
 * ms-tools). Only ever reads: the write command can spoil the stick's firmware. One thread.
 */
final class InputRegisters implements AutoCloseable {

    /** What the chip says. */
    enum Connected { YES, NO, UNKNOWN }

    /** The way to the chip: one feature report out, one in. */
    interface Reports extends AutoCloseable {
        void send(ByteBuffer report) throws IOException;

        void fetch(ByteBuffer report) throws IOException;

        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(InputRegisters.class);
    private static final byte READ = (byte) 0xb5;
    /** The capture thread does the reading: a stick that takes longer several times is not asked again. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_SLOW = 5;
    private static final int MOST_PIXELS = 4_096;
    private static final int MS2109_DOUBLE_CLOCK = 18_900;

    private final Chip chip;
    private final Chip.Registers registers;
    private final Reports reports;
    private final ByteBuffer report;
    private final LongSupplier clock;
    private boolean usable = true;
    private int slow;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    InputRegisters(Chip chip, Chip.Registers registers, Reports reports, LongSupplier clock) {
        this.clock = clock;
        this.chip = chip;
        this.registers = registers;
        this.reports = reports;
        this.report = Struct.allocate(registers.report());
    }

    /** The registers of this stick, if its chip is known and its hidraw node may be opened. */
    static Optional<InputRegisters> of(Stick stick) {
        Optional<Path> node = stick.chip().registers().isEmpty() ? Optional.empty() : stick.usb().flatMap(InputRegisters::hidraw);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(stick.chip(), "/dev/" + node.get().getFileName()));
        } catch (IOException e) {
            LOG.info("{}: the state of its input is guessed from the picture ({})", stick.words(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Through a hidraw node. The chip is one whose registers are known. */
    static InputRegisters open(Chip chip, String hidraw) throws IOException {
        Chip.Registers registers = chip.registers().orElseThrow();
        return new InputRegisters(chip, registers, hid(Fd.open(hidraw, Fd.O_RDWR | Fd.O_NONBLOCK), registers.report()),
            System::nanoTime);
    }

    /** Whether a computer is connected to the input. */
    Connected connected() {
        int value = read(registers.connected());
        return value < 0 ? Connected.UNKNOWN : (value & 1) != 0 ? Connected.YES : Connected.NO;
    }

    /** What the computer sends, if the chip says something that can be true. */
    Optional<Timing> input() {
        int width = word(registers.width());
        int height = word(registers.height());
        int rate = word(registers.rate());
        int clock = word(registers.clock());
        if (chip == Chip.MS2109 && clock > MS2109_DOUBLE_CLOCK) {
            width *= 2;
            height *= 2;
        }
        boolean sane = width >= 160 && width <= MOST_PIXELS && height >= 120 && height <= MOST_PIXELS;
        return sane ? Optional.of(new Timing(width, height, Math.max(0, rate) / 100.0, false)) : Optional.empty();
    }

    private int word(int address) {
        int high = read(address);
        int low = read(address + 1);
        return high < 0 || low < 0 ? -1 : high << 8 | low;
    }

    /** @return the byte; -1 if the stick does not answer as it should, and from then on */
    private int read(int address) {
        if (!usable || slow > MOST_SLOW) {
            return -1;
        }
        long start = clock.getAsLong();
        try {
            Struct.clear(report);
            report.put(0, (byte) registers.id()).put(1, READ).putShort(2, ordered(address));
            reports.send(report);
            report.put(0, (byte) registers.id());
            reports.fetch(report);
            slow += clock.getAsLong() - start < SLOW_NANOS ? 0 : 1;
            usable = report.get(1) == READ && report.getShort(2) == ordered(address);
        } catch (IOException e) {
            LOG.debug("{}: {}", chip.label(), e.getMessage());
            usable = false;
        }
        return usable ? report.get(4) & 0xff : -1;
    }

    /** High byte first, in a buffer of the machine's order. */
    private static short ordered(int address) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? (short) address : Short.reverseBytes((short) address);
    }

    @Override
    public void close() {
        reports.close();
    }

    private static Reports hid(Fd fd, int bytes) {
        Ioctl set = Ioctl.readWrite("HIDIOCSFEATURE", 'H', 6, bytes);
        Ioctl get = Ioctl.readWrite("HIDIOCGFEATURE", 'H', 7, bytes);
        return new Reports() {
            @Override
            public void send(ByteBuffer report) throws IOException {
                fd.ioctl(set, report);
            }

            @Override
            public void fetch(ByteBuffer report) throws IOException {
                fd.ioctl(get, report);
            }

            @Override
            public void close() {
                fd.close();
            }
        };
    }

    /** {@code 1-1.3/1-1.3:1.4/0003:534D:2109.0001/hidraw/hidraw0}. */
    static Optional<Path> hidraw(Path usb) {
        try (DirectoryStream<Path> interfaces = Files.newDirectoryStream(usb, "*:*.*")) {
            for (Path face : interfaces) {
                Optional<Path> found = below(face, "*:*:*.*").flatMap(hid -> below(hid.resolve("hidraw"), "hidraw*"));
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (IOException e) {
            LOG.debug("No HID interface in {}: {}", usb, e.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<Path> below(Path folder, String glob) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            for (Path entry : entries) {
                return Optional.of(entry);
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", folder, e.getMessage());
        }
        return Optional.empty();
    }
}
