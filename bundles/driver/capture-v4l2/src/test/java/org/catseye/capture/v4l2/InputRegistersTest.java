package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.v4l2.InputRegisters.Connected;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class InputRegistersTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A stick's memory behind the report protocol; fails the test if anything but a read comes. */
    static final class FakeChip implements InputRegisters.Reports {
        final Map<Integer, Integer> memory = new HashMap<>();
        int reportBytes;
        int id;
        boolean broken;
        boolean wrongEcho;
        int reads;
        private int address;

        @Override
        public void send(ByteBuffer report) throws IOException {
            if (broken) {
                throw new IOException("EPIPE");
            }
            reportBytes = report.capacity();
            id = report.get(0);
            assertEquals("only ever reads", 0xb5, report.get(1) & 0xff);
            address = (report.get(2) & 0xff) << 8 | report.get(3) & 0xff;
            reads++;
        }

        @Override
        public void fetch(ByteBuffer report) {
            if (wrongEcho) {
                report.put(2, (byte) ~report.get(2));
            }
            report.put(4, (byte) (int) memory.getOrDefault(address, 0));
        }

        @Override
        public void close() {
        }

        void word(int at, int value) {
            memory.put(at, value >> 8);
            memory.put(at + 1, value & 0xff);
        }
    }

    private final FakeChip fake = new FakeChip();
    private long time;
    private long answerNanos = 1_000_000;

    @Test
    public void readsConnectionAndInputOfAnMs2109() {
        InputRegisters registers = registers(Chip.MS2109);
        assertEquals(Connected.NO, registers.connected());
        fake.memory.put(0xfa8c, 0x01);
        fake.word(0xc6af, 1280);
        fake.word(0xc6b1, 720);
        fake.word(0xc6b5, 5994);
        fake.word(0xc73c, 7425);
        assertEquals(Connected.YES, registers.connected());
        assertEquals("1280x720p at 59.94/s", registers.input().orElseThrow().description());
        assertEquals(9, fake.reportBytes);
        assertEquals(0, fake.id);
    }

    @Test
    public void aFastPixelClockOfAnMs2109MeansTwiceTheSize() {
        fake.word(0xc6af, 1920);
        fake.word(0xc6b1, 1080);
        fake.word(0xc6b5, 3000);
        fake.word(0xc73c, 29_700);
        assertEquals("3840x2160p at 30/s", registers(Chip.MS2109).input().orElseThrow().description());
    }

    @Test
    public void otherChipsHaveOtherReports() {
        fake.memory.put(0xfa8d, 1);
        assertEquals(Connected.YES, registers(Chip.MS2130S).connected());
        assertEquals(11, fake.reportBytes);
        assertEquals(1, fake.id);
        assertTrue(Chip.MS2130.registers().isEmpty());
    }

    @Test
    public void nonsenseIsNoInput() {
        fake.word(0xc6af, 65_000);
        fake.word(0xc6b1, 3);
        assertEquals(Optional.empty(), registers(Chip.MS2109).input());
    }

    @Test
    public void aStickThatDoesNotAnswerIsNotAskedAgain() {
        InputRegisters registers = registers(Chip.MS2109);
        fake.broken = true;
        assertEquals(Connected.UNKNOWN, registers.connected());
        fake.broken = false;
        assertEquals(Connected.UNKNOWN, registers.connected());
        assertEquals(0, fake.reads);
    }

    @Test
    public void aStickThatIsSlowOnceIsForgivenButNotAlways() {
        InputRegisters registers = registers(Chip.MS2109);
        answerNanos = 100_000_000;
        for (int i = 0; i < 6; i++) {
            assertEquals(Connected.NO, registers.connected());
        }
        assertEquals("it would hold up the pictures", Connected.UNKNOWN, registers.connected());
        assertEquals(6, fake.reads);
    }

    @Test
    public void anAnswerToAnotherQuestionIsNotBelieved() {
        fake.wrongEcho = true;
        assertEquals(Connected.UNKNOWN, registers(Chip.MS2109).connected());
    }

    @Test
    public void findsTheHidrawNodeOfTheSameUsbDevice() throws IOException {
        Path usb = folder.newFolder("1-1.3").toPath();
        Files.createDirectories(usb.resolve("1-1.3:1.0/video4linux/video0"));
        assertEquals(Optional.empty(), InputRegisters.hidraw(usb));
        Files.createDirectories(usb.resolve("1-1.3:1.4/0003:534D:2109.0001/hidraw/hidraw3"));
        assertEquals("hidraw3", InputRegisters.hidraw(usb).orElseThrow().getFileName().toString());
    }

    private InputRegisters registers(Chip chip) {
        return new InputRegisters(chip, chip.registers().orElseThrow(), fake, () -> time += answerNanos);
    }
}
