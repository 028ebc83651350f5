package org.catseye.hid.gadget.descriptor;

/**
 * Report descriptors, as hexadecimal text. PiKVM, JetKVM and NanoKVM have used them with many machines; the comments state what
 * must not be changed, and why. After changing a descriptor, raise the version in {@link Profile}: Windows caches descriptors by
 * vendor, product and version.
 */
final class Descriptors {

    /** Boot keyboard with all usages up to 0xFF: eight bytes of input, one byte of LED output (HID 1.11 appendix B.1). */
    static final String KEYBOARD = """
            05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01 95 05 75 01 05 08 19 01 29 05 91 02
            95 01 75 03 91 01 95 06 75 08 15 00 26 ff 00 05 07 19 00 2a ff 00 81 00 c0""";

    /** The same with the 101 usages of the specification's own example, because some firmware supports no others. */
    static final String KEYBOARD_101 = """
            05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01 95 05 75 01 05 08 19 01 29 05 91 02
            95 01 75 03 91 01 95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 c0""";

    private static final String BUTTONS = "05 01 09 02 a1 01 09 01 a1 00 05 09 19 01 29 08 15 00 25 01 95 08 75 01 81 02 ";
    private static final String PAN = "05 0c 0a 38 02 15 81 25 7f 75 08 95 01 81 06 ";

    /**
     * Absolute pointer: buttons, x and y of 16 bits, wheel, pan: seven bytes. Windows 7 rejects a negative minimum and a maximum
     * of 65535; Apple's recovery requires the Pointer and Physical collections.
     */
    static final String POINTER = BUTTONS + "05 01 09 30 09 31 16 00 00 26 ff 7f 75 10 95 02 81 02 "
            + "09 38 15 81 25 7f 75 08 95 01 81 06 " + PAN + "c0 c0";

    /** Boot mouse with a wheel: four bytes. Firmware reads the first three. */
    static final String BOOT_MOUSE = BUTTONS + "05 01 09 30 09 31 09 38 15 81 25 7f 75 08 95 03 81 06 c0 c0";

    /** Relative mouse with wheel and pan: five bytes. */
    static final String MOUSE = BUTTONS + "05 01 09 30 09 31 09 38 15 81 25 7f 75 08 95 03 81 06 " + PAN + "c0 c0";

    /**
     * Media and power keys, as two collections of one function, because the kernel supports only four functions. Report 1, consumer
     * control: the one usage that is held, 16 bits. Report 2, system control: a bit each for power, sleep and wake, and 13 unused bits,
     * so that both reports have three bytes.
     */
    static final String CONSUMER = "05 0c 09 01 a1 01 85 01 15 00 26 ff 03 19 00 2a ff 03 75 10 95 01 81 00 c0 "
            + "05 01 09 80 a1 01 85 02 15 00 25 01 19 81 29 83 75 01 95 03 81 02 95 0d 81 01 c0";

    private Descriptors() {
    }
}
