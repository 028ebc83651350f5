package org.catseye.hid.gadget.descriptor;

import java.util.List;

/**
 * One HID function of a gadget.
 *
 * @param protocol bInterfaceProtocol: 1 keyboard, 2 mouse, 0 neither
 * @param subclass bInterfaceSubClass: 1 if firmware may use the function before an operating system runs
 * @param reportLength bytes of an input report
 * @param descriptor report descriptor, hexadecimal bytes separated by white space
 */
public record HidFunction(Role role, int protocol, int subclass, int reportLength, String descriptor) {

    /** One interrupt IN endpoint. The LED report uses the control endpoint, because BIOSes send it there. */
    public static final int ENDPOINT_COUNT = 1;

    public HidFunction {
        descriptor = String.join(" ", descriptor.trim().split("\\s+"));
    }

    /** The function's files, in the order in which they must be written. */
    List<Attribute> declareAttributes() {
        String folder = "functions/" + role.functionName() + "/";
        return List.of(
                Attribute.decimalNumber(folder + "protocol", protocol),
                Attribute.decimalNumber(folder + "subclass", subclass),
                Attribute.decimalNumber(folder + "report_length", reportLength),
                // Without it f_hid stalls SET_REPORT, and a BIOS that sets the lights this way may give up (Linux 5.18 and later).
                Attribute.decimalNumber(folder + "no_out_endpoint", 1).asOptional(),
                Attribute.binaryValue(folder + "report_desc", descriptor));
    }
}
