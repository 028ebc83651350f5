package org.catseye.capture.v4l2.signal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.v4l2.signal.InputRegisters.Connection;
import org.catseye.capture.v4l2.stick.Chip;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class InputRegistersTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Emulates a stick's memory behind the report protocol. Fails the test on any command other than a read. */
    static final class FakeChip implements ReportChannel {
        final Map<Integer, Integer> memory = new HashMap<>();
        int reportBytes;
        int id;
        boolean broken;
        boolean wrongEcho;
        int reads;
        private int address;

        @Override
        public void sendReport(ByteBuffer report) throws IOException {
            if (broken) {
                throw new IOException("EPIPE");
            }
            reportBytes = report.capacity();
            id = report.get(0);
            assertEquals("never writes", 0xb5, report.get(1) & 0xff);
            address = (report.get(2) & 0xff) << 8 | report.get(3) & 0xff;
            reads++;
        }

        @Override
        public void fetchReport(ByteBuffer report) {
            if (wrongEcho) {
                report.put(2, (byte) ~report.get(2));
            }
            report.put(4, (byte) (int) memory.getOrDefault(address, 0));
        }

        @Override
        public void close() {
        }

        void putWord(int at, int value) {
            memory.put(at, value >> 8);
            memory.put(at + 1, value & 0xff);
        }
    }

    private final FakeChip fake = new FakeChip();
    private long time;
    private long answerNanos = 1_000_000;

    @Test
    public void readsConnectionAndInputOfAnMs2109() {
        InputRegisters registers = createRegisters(Chip.MS2109);
        assertEquals(Connection.DISCONNECTED, registers.readConnection());
        fake.memory.put(0xfa8c, 0x01);
        fake.putWord(0xc6af, 1280);
        fake.putWord(0xc6b1, 720);
        fake.putWord(0xc6b5, 5994);
        fake.putWord(0xc73c, 7425);
        assertEquals(Connection.CONNECTED, registers.readConnection());
        assertEquals("1280x720p at 59.94/s", registers.readTiming().orElseThrow().description());
        assertEquals(9, fake.reportBytes);
        assertEquals(0, fake.id);
    }

    @Test
    public void fastPixelClockOfAnMs2109MeansTwiceTheSize() {
        fake.putWord(0xc6af, 1920);
        fake.putWord(0xc6b1, 1080);
        fake.putWord(0xc6b5, 3000);
        fake.putWord(0xc73c, 29_700);
        assertEquals("3840x2160p at 30/s", createRegisters(Chip.MS2109).readTiming().orElseThrow().description());
    }

    @Test
    public void otherChipsHaveOtherReports() {
        fake.memory.put(0xfa8d, 1);
        assertEquals(Connection.CONNECTED, createRegisters(Chip.MS2130S).readConnection());
        assertEquals(11, fake.reportBytes);
        assertEquals(1, fake.id);
        assertTrue(Chip.MS2130.registerMap().isEmpty());
    }

    @Test
    public void implausibleSizeIsIgnored() {
        fake.putWord(0xc6af, 65_000);
        fake.putWord(0xc6b1, 3);
        assertEquals(Optional.empty(), createRegisters(Chip.MS2109).readTiming());
    }

    @Test
    public void stickThatDoesNotAnswerIsNotReadAgain() {
        InputRegisters registers = createRegisters(Chip.MS2109);
        fake.broken = true;
        assertEquals(Connection.UNKNOWN, registers.readConnection());
        fake.broken = false;
        assertEquals(Connection.UNKNOWN, registers.readConnection());
        assertEquals(0, fake.reads);
    }

    @Test
    public void stickMayBeSlowOnceButNotAlways() {
        InputRegisters registers = createRegisters(Chip.MS2109);
        answerNanos = 100_000_000;
        for (int i = 0; i < 6; i++) {
            assertEquals(Connection.DISCONNECTED, registers.readConnection());
        }
        assertEquals("further reads would delay the pictures", Connection.UNKNOWN, registers.readConnection());
        assertEquals(6, fake.reads);
    }

    @Test
    public void answerToAnotherRequestIsIgnored() {
        fake.wrongEcho = true;
        assertEquals(Connection.UNKNOWN, createRegisters(Chip.MS2109).readConnection());
    }

    @Test
    public void findsTheHidrawNodeOfTheSameUsbDevice() throws IOException {
        Path usb = folder.newFolder("1-1.3").toPath();
        Files.createDirectories(usb.resolve("1-1.3:1.0/video4linux/video0"));
        assertEquals(Optional.empty(), InputRegisters.findHidrawNode(usb));
        Files.createDirectories(usb.resolve("1-1.3:1.4/0003:534D:2109.0001/hidraw/hidraw3"));
        assertEquals("hidraw3", InputRegisters.findHidrawNode(usb).orElseThrow().getFileName().toString());
    }

    private InputRegisters createRegisters(Chip chip) {
        return new InputRegisters(chip, chip.registerMap().orElseThrow(), fake, () -> time += answerNanos);
    }
}
