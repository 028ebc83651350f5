/** The board's USB device controllers (UDC) and their connection states, as the kernel shows them in sysfs. */
package org.catseye.hid.gadget.udc;
