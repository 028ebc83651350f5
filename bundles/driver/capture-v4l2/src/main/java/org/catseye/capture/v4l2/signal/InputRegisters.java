package org.catseye.capture.v4l2.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.linux.Struct;
import org.catseye.video.IncomingSignal.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the state of an MS21xx stick's HDMI input from the chip, through the stick's HID interface. A feature report
 * {@code id B5 high low} requests one byte of XDATA; the report that is fetched next has that byte at offset 4 (found by ms-tools).
 * This class never writes, because the write command can damage the stick's firmware. For one thread.
 */
public final class InputRegisters implements AutoCloseable {

    /** Whether a computer is connected to the input. */
    public enum Connection { CONNECTED, DISCONNECTED, UNKNOWN }

    private static final Logger LOG = LoggerFactory.getLogger(InputRegisters.class);
    private static final byte READ_COMMAND = (byte) 0xb5;
    /** Reading holds up the capture thread, so a stick that was slow too often is not read again. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MAX_SLOW_READS = 5;
    private static final int MIN_WIDTH = 160;
    private static final int MIN_HEIGHT = 120;
    private static final int MAX_PIXELS = 4_096;
    /** Above this pixel clock (MHz times 100) an MS2109 reports half the size. */
    private static final int MS2109_HALF_SIZE_CLOCK = 18_900;

    private final Chip chip;
    private final Chip.RegisterMap map;
    private final ReportChannel channel;
    private final ByteBuffer report;
    private final LongSupplier clock;
    private boolean usable = true;
    private int slowReads;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    public InputRegisters(Chip chip, Chip.RegisterMap map, ReportChannel channel, LongSupplier clock) {
        this.clock = clock;
        this.chip = chip;
        this.map = map;
        this.channel = channel;
        this.report = Struct.allocate(map.reportBytes());
    }

    /** The registers of this stick; empty if its chip is unknown or its hidraw node cannot be opened. */
    static Optional<InputRegisters> findRegisters(Stick stick) {
        Optional<Path> node = stick.chip().registerMap().isEmpty() ? Optional.empty()
            : stick.usbFolder().flatMap(InputRegisters::findHidrawNode);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(openRegisters(stick.chip(), "/dev/" + node.get().getFileName()));
        } catch (IOException e) {
            LOG.info("{}: cannot read the state of its input, using the picture alone ({})", stick.description(), e.getMessage());
            return Optional.empty();
        }
    }

    /** @param chip one with a register map */
    public static InputRegisters openRegisters(Chip chip, String hidrawNode) throws IOException {
        Chip.RegisterMap map = chip.registerMap().orElseThrow();
        return new InputRegisters(chip, map, ReportChannel.openHidraw(hidrawNode, map.reportBytes()), System::nanoTime);
    }

    public Connection readConnection() {
        int value = readByte(map.connected());
        return value < 0 ? Connection.UNKNOWN : (value & 1) != 0 ? Connection.CONNECTED : Connection.DISCONNECTED;
    }

    /** The timing of the incoming picture; empty if the chip does not report it, or reports an impossible size. */
    public Optional<Timing> readTiming() {
        int width = readWord(map.width());
        int height = readWord(map.height());
        int rate = readWord(map.rate());
        int pixelClock = readWord(map.clock());
        if (chip == Chip.MS2109 && pixelClock > MS2109_HALF_SIZE_CLOCK) {
            width *= 2;
            height *= 2;
        }
        boolean plausible = width >= MIN_WIDTH && width <= MAX_PIXELS && height >= MIN_HEIGHT && height <= MAX_PIXELS;
        return plausible ? Optional.of(new Timing(width, height, Math.max(0, rate) / 100.0, false)) : Optional.empty();
    }

    private int readWord(int address) {
        int high = readByte(address);
        int low = readByte(address + 1);
        return high < 0 || low < 0 ? -1 : high << 8 | low;
    }

    /** @return the byte; -1 after the stick once answered wrongly, or too slowly too often */
    private int readByte(int address) {
        if (!usable || slowReads > MAX_SLOW_READS) {
            return -1;
        }
        long start = clock.getAsLong();
        try {
            Struct.clear(report);
            report.put(0, (byte) map.reportId()).put(1, READ_COMMAND).putShort(2, toHighByteFirst(address));
            channel.sendReport(report);
            report.put(0, (byte) map.reportId());
            channel.fetchReport(report);
            slowReads += clock.getAsLong() - start < SLOW_NANOS ? 0 : 1;
            usable = report.get(1) == READ_COMMAND && report.getShort(2) == toHighByteFirst(address);
        } catch (IOException e) {
            LOG.debug("{}: {}", chip.label(), e.getMessage());
            usable = false;
        }
        return usable ? report.get(4) & 0xff : -1;
    }

    /** The value to put into a buffer of the machine's byte order, so that the high byte comes first. */
    private static short toHighByteFirst(int address) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? (short) address : Short.reverseBytes((short) address);
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Such as {@code 1-1.3/1-1.3:1.4/0003:534D:2109.0001/hidraw/hidraw0}. @param usbFolder the USB device in sysfs */
    static Optional<Path> findHidrawNode(Path usbFolder) {
        try (DirectoryStream<Path> interfaces = Files.newDirectoryStream(usbFolder, "*:*.*")) {
            for (Path usbInterface : interfaces) {
                Optional<Path> found = findFirstEntry(usbInterface, "*:*:*.*")
                    .flatMap(hid -> findFirstEntry(hid.resolve("hidraw"), "hidraw*"));
                if (found.isPresent()) {
                    return found;
                }
            }
        } catch (IOException e) {
            LOG.debug("No HID interface in {}: {}", usbFolder, e.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<Path> findFirstEntry(Path folder, String glob) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            for (Path entry : entries) {
                return Optional.of(entry);
            }
        } catch (IOException e) {
            LOG.debug("Cannot list {}: {}", folder, e.getMessage());
        }
        return Optional.empty();
    }
}
