package org.catseye.hid.gadget.descriptor;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.catseye.hid.gadget.descriptor.DescriptorReader.Field;
import org.junit.Test;

public class DescriptorsTest {

    @Test
    public void eachIsPinnedByteForByte() {
        // bcdDevice must change with the bytes: Windows remembers descriptors by vendor, product and version.
        assertEquals("0140: 65 41ad83be, 73 ff7eb360, 61 ef6a67d1, 52 554f43ab", summarizeDescriptors(Profile.FULL));
        assertEquals("0120: 65 41ad83be, 46 9ab7ee61", summarizeDescriptors(Profile.BOOT));
        assertEquals("0130: 63 2460e312", summarizeDescriptors(Profile.KEYBOARD_ONLY));
    }

    @Test
    public void onlyMediaAndPowerKeysUseReportIdsAndEachReportHasItsLength() {
        for (Profile profile : Profile.values()) {
            for (HidFunction function : profile.functions()) {
                DescriptorReader reader = parseDescriptor(function);
                int bits = function.reportLength() * 8;
                // The id is the first byte of a report.
                Map<Integer, Integer> expected = function.role() == Role.CONSUMER ? Map.of(1, bits - 8, 2, bits - 8) : Map.of(0, bits);
                assertEquals(function.role().roleName(), expected, reader.inputBits);
                assertEquals(function.role().roleName(), function.role() == Role.KEYBOARD ? 8 : 0, reader.countOutputBits());
            }
        }
    }

    @Test
    public void theKeyboardIsFirstAndABootDeviceInEveryProfile() {
        for (Profile profile : Profile.values()) {
            HidFunction first = profile.functions().get(0);
            assertEquals(Role.KEYBOARD, first.role());
            assertEquals("boot interface, keyboard", List.of(1, 1), List.of(first.subclass(), first.protocol()));
        }
    }

    @Test
    public void theKeyboardHasEightModifiersFiveLightsAndSixPlaces() {
        List<Field> fields = parseDescriptor(Profile.FULL.functions().get(0)).fields;
        assertEquals(new Field(true, 8, 1, 0, 1, 2, 7, List.of(0xe0, 0xe7)), fields.get(0));
        assertTrue("reserved byte", fields.get(1).isConstant());
        assertEquals(new Field(false, 5, 1, 0, 1, 2, 8, List.of(1, 5)), fields.get(2));
        assertEquals(new Field(true, 6, 8, 0, 255, 0, 7, List.of(0, 255)), fields.get(4));
        assertTrue(fields.get(4).isArray());
        assertEquals(Profile.KEYBOARD_ONLY.highestKeyUsage(),
                parseDescriptor(Profile.KEYBOARD_ONLY.functions().get(0)).fields.get(4).maximum());
    }

    @Test
    public void thePointerIsAbsoluteFrom0To32767AndItsWheelsAreRelative() {
        DescriptorReader reader = parseDescriptor(Profile.FULL.functions().get(1));
        assertEquals("application and physical collection", List.of(1, 0), reader.collections);
        assertEquals(new Field(true, 2, 16, 0, 32767, 2, 1, List.of(0x30, 0x31)), reader.fields.get(1));
        assertEquals(new Field(true, 1, 8, -127, 127, 6, 1, List.of(0x38)), reader.fields.get(2));
        assertEquals(new Field(true, 1, 8, -127, 127, 6, 12, List.of(0x238)), reader.fields.get(3));
    }

    @Test
    public void theMouseIsRelativeAndABootDevice() {
        for (Profile profile : List.of(Profile.FULL, Profile.BOOT)) {
            HidFunction mouse = profile.functions().stream().filter(each -> each.role() == Role.MOUSE).findAny().orElseThrow();
            assertEquals(List.of(1, 2), List.of(mouse.subclass(), mouse.protocol()));
            Field axes = parseDescriptor(mouse).fields.get(1);
            assertEquals(List.of(0x30, 0x31, 0x38), axes.usages());
            assertTrue(axes.isRelative());
        }
    }

    @Test
    public void theConsumerControlTakesUsagesOf16BitsAndTheSystemControlThreeButtons() {
        DescriptorReader reader = parseDescriptor(Profile.FULL.functions().get(3));
        assertEquals(new Field(true, 1, 16, 0, 0x3ff, 0, 12, List.of(0, 0x3ff)), reader.fields.get(0));
        assertEquals("power, sleep, wake", new Field(true, 3, 1, 0, 1, 2, 1, List.of(0x81, 0x83)), reader.fields.get(1));
        assertTrue("the rest of the bytes", reader.fields.get(2).isConstant());
    }

    private static DescriptorReader parseDescriptor(HidFunction function) {
        return new DescriptorReader(function.descriptor());
    }

    private static String summarizeDescriptors(Profile profile) {
        List<String> each = profile.functions().stream().map(function -> {
            byte[] bytes = Attribute.binaryValue("", function.descriptor()).encodeContent();
            CRC32 crc = new CRC32();
            crc.update(bytes);
            return bytes.length + " " + String.format("%08x", crc.getValue());
        }).toList();
        return String.format("%04x", profile.deviceVersion()) + ": " + String.join(", ", each);
    }
}
