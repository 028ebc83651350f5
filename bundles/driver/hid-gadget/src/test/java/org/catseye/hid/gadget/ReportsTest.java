package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.junit.Test;

public class ReportsTest {

    @Test
    public void aKeyboardReportIsThatOfTheBootKeyboard() {
        for (KeyboardReport report : List.of(KeyboardReport.UP, new KeyboardReport(0x81, List.of(4, 5)),
                new KeyboardReport(0, List.of(4, 5, 6, 7, 8, 9)), new KeyboardReport(2, List.of(4, 5, 6, 7, 8, 9, 10)))) {
            ByteBuffer bytes = dirty(8);
            Reports.keyboard(bytes, report, 0xff);
            assertEquals(HexFormat.of().formatHex(report.toBootReport()), hex(bytes));
        }
    }

    @Test
    public void keysThatTheDescriptorLacksTakeNoPlace() {
        ByteBuffer bytes = dirty(8);
        Reports.keyboard(bytes, new KeyboardReport(0, List.of(4, 0x87, 5, 6, 7, 8, 9)), 0x65);
        assertEquals("0000040506070809", hex(bytes));
    }

    @Test
    public void thePointersPlaceComesLowByteFirst() {
        ByteBuffer bytes = dirty(7);
        Reports.pointer(bytes, new PointerReport(0x1f, 0x1234, 32767, -127, 127));
        assertEquals("1f3412ff7f817f", hex(bytes));
        Reports.still(bytes, Role.POINTER);
        assertEquals("buttons and place last", "1f3412ff7f0000", hex(bytes));
    }

    @Test
    public void theMouseSendsPanWhereThereIsRoom() {
        ByteBuffer full = dirty(5);
        ByteBuffer boot = dirty(4);
        Reports.mouse(full, new MotionReport(4, -1, 127, 3, -2));
        Reports.mouse(boot, new MotionReport(4, -1, 127, 3, -2));
        assertEquals("04ff7f03fe", hex(full));
        assertEquals("04ff7f03", hex(boot));
        Reports.still(full, Role.MOUSE);
        assertEquals("motion does not last", "0400000000", hex(full));
    }

    @Test
    public void aMediaKeyThatTheDescriptorLacksIsNone() {
        ByteBuffer bytes = dirty(2);
        Reports.consumer(bytes, 0x223);
        assertEquals("2302", hex(bytes));
        Reports.consumer(bytes, 0x400);
        assertEquals("0000", hex(bytes));
    }

    private static ByteBuffer dirty(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            bytes.put(i, (byte) 0xee);
        }
        return bytes;
    }

    private static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(bytes.array());
    }
}
