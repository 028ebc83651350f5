package org.catseye.hid.gadget;

import java.util.List;

/**
 * One HID function of a gadget.
 *
 * @param protocol bInterfaceProtocol: 1 keyboard, 2 mouse, 0 neither
 * @param subclass bInterfaceSubClass: 1 for what firmware may use before an operating system runs
 * @param reportLength bytes of an input report
 * @param descriptor report descriptor, hexadecimal bytes with white space between
 */
record HidFunction(Role role, int protocol, int subclass, int reportLength, String descriptor) {

    /** One interrupt IN endpoint: the lights come over the control endpoint, because BIOSes send them there. */
    static final int ENDPOINTS = 1;

    HidFunction {
        descriptor = String.join(" ", descriptor.trim().split("\\s+"));
    }

    /** Its files, in the order in which they are written. */
    List<Attribute> attributes() {
        String folder = "functions/" + role.function() + "/";
        return List.of(
                Attribute.number(folder + "protocol", protocol),
                Attribute.number(folder + "subclass", subclass),
                Attribute.number(folder + "report_length", reportLength),
                // Else f_hid answers SET_REPORT with a stall, and a BIOS that sets the lights so may give up (Linux 5.18 and later).
                Attribute.number(folder + "no_out_endpoint", 1).ifThere(),
                Attribute.bytes(folder + "report_desc", descriptor));
    }
}
