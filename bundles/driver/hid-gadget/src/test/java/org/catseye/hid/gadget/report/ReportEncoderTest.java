package org.catseye.hid.gadget.report;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.junit.Test;

public class ReportEncoderTest {

    @Test
    public void aKeyboardReportIsThatOfTheBootKeyboard() {
        for (KeyboardReport report : List.of(KeyboardReport.UP, new KeyboardReport(0x81, List.of(4, 5)),
                new KeyboardReport(0, List.of(4, 5, 6, 7, 8, 9)), new KeyboardReport(2, List.of(4, 5, 6, 7, 8, 9, 10)))) {
            ByteBuffer bytes = createDirtyBuffer(8);
            ReportEncoder.encodeKeyboard(bytes, report, 0xff);
            assertEquals(HexFormat.of().formatHex(report.toBootReport()), formatHex(bytes));
        }
    }

    @Test
    public void keysThatTheDescriptorLacksTakeNoPlace() {
        ByteBuffer bytes = createDirtyBuffer(8);
        ReportEncoder.encodeKeyboard(bytes, new KeyboardReport(0, List.of(4, 0x87, 5, 6, 7, 8, 9)), 0x65);
        assertEquals("0000040506070809", formatHex(bytes));
    }

    @Test
    public void thePointersPlaceComesLowByteFirst() {
        ByteBuffer bytes = createDirtyBuffer(7);
        ReportEncoder.encodePointer(bytes, new PointerReport(0x1f, 0x1234, 32767, -127, 127));
        assertEquals("1f3412ff7f817f", formatHex(bytes));
        ReportEncoder.clearMotion(bytes, Role.POINTER);
        assertEquals("buttons and place last", "1f3412ff7f0000", formatHex(bytes));
    }

    @Test
    public void theMouseSendsPanWhereThereIsRoom() {
        ByteBuffer full = createDirtyBuffer(5);
        ByteBuffer boot = createDirtyBuffer(4);
        ReportEncoder.encodeMouse(full, new MotionReport(4, -1, 127, 3, -2));
        ReportEncoder.encodeMouse(boot, new MotionReport(4, -1, 127, 3, -2));
        assertEquals("04ff7f03fe", formatHex(full));
        assertEquals("04ff7f03", formatHex(boot));
        ReportEncoder.clearMotion(full, Role.MOUSE);
        assertEquals("motion does not last", "0400000000", formatHex(full));
    }

    @Test
    public void aMediaKeyThatTheDescriptorLacksIsNone() {
        ByteBuffer bytes = createDirtyBuffer(3);
        ReportEncoder.encodeConsumer(bytes, 0x223);
        assertEquals("012302", formatHex(bytes));
        ReportEncoder.encodeConsumer(bytes, 0x400);
        assertEquals("010000", formatHex(bytes));
    }

    @Test
    public void thePowerKeysHaveABitEach() {
        ByteBuffer bytes = createDirtyBuffer(3);
        Map<Integer, String> expected = Map.of(0x81, "020100", 0x82, "020200", 0x83, "020400", 0, "020000", 0x80, "020000", 0x84, "020000");
        expected.forEach((usage, report) -> {
            ReportEncoder.encodeSystem(bytes, usage);
            assertEquals(report, formatHex(bytes));
        });
    }

    private static ByteBuffer createDirtyBuffer(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put(i, (byte) 0xee);
        }
        return bytes;
    }

    private static String formatHex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(bytes.array());
    }
}
