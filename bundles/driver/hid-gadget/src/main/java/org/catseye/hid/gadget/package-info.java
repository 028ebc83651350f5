/**
 * Makes the board a USB keyboard, pointer and mouse of the remote computer, with Linux's configfs gadget. {@code HidGadget} is the
 * service.
 *
 * <p>The gadget as data ({@code descriptor}) is applied to the kernel by {@code configfs}. {@code report} encodes and writes
 * reports and does not depend on configfs. {@code connection} combines the two, on the driver's only thread.
 */
package org.catseye.hid.gadget;
