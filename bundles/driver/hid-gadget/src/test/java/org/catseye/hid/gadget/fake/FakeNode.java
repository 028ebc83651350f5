package org.catseye.hid.gadget.fake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;

/** A pseudo terminal in raw mode in the place of /dev/hidgN: reads what the driver writes, and the other way round. */
public final class FakeNode implements AutoCloseable {

    private static final int NOCTTY = 0x100;
    private static final Ioctl UNLOCK = Ioctl.of("TIOCSPTLCK", 0x40045431L);
    private static final Ioctl NUMBER = Ioctl.of("TIOCGPTN", 0x80045430L);
    private static final Ioctl GET = Ioctl.of("TCGETS", 0x5401);
    private static final Ioctl SET = Ioctl.of("TCSETS", 0x5402);

    private final int reportLength;
    private final Fd host;
    /** Keeps the terminal open while the driver has closed it. */
    private final Fd keep;
    private final Path link;
    private final Poller poller = new Poller(1);
    private final ByteBuffer bytes = Struct.allocate(4096);

    FakeNode(Path link, int reportLength) throws IOException {
        this.link = link;
        this.reportLength = reportLength;
        host = Fd.open("/dev/ptmx", Fd.O_RDWR | Fd.O_NONBLOCK | NOCTTY);
        ByteBuffer number = Struct.allocate(4);
        host.ioctl(UNLOCK, number);
        host.ioctl(NUMBER, number);
        // struct termios: iflag, oflag, cflag, lflag: no line, no echo, no signals, bytes as they are
        ByteBuffer mode = Struct.allocate(64);
        host.ioctl(GET, mode);
        mode.putInt(0, 0).putInt(4, 0).putInt(12, 0);
        host.ioctl(SET, mode);
        Path terminal = Path.of("/dev/pts/" + number.getInt(0));
        keep = Fd.open(terminal.toString(), Fd.O_RDWR | Fd.O_NONBLOCK | NOCTTY);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, terminal);
        poller.add(host, Poller.POLLIN);
    }

    /** All reports received, after waiting up to {@code millis} for the first one. */
    public List<byte[]> takeReports(long millis) throws IOException {
        bytes.clear();
        long timeout = millis;
        while (poller.poll(timeout) > 0) {
            host.tryRead(bytes);
            timeout = 30;
        }
        List<byte[]> reports = new ArrayList<>();
        bytes.flip();
        while (bytes.remaining() >= reportLength) {
            byte[] report = new byte[reportLength];
            bytes.get(report);
            reports.add(report);
        }
        return reports;
    }

    /** Sets the keyboard LEDs, as a host does. */
    public void sendLeds(int report) throws IOException {
        host.write(Struct.allocate(1).put(0, (byte) report));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(link);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        host.close();
        keep.close();
        poller.close();
    }
}
