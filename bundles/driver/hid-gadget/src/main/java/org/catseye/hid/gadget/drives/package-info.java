/** The drives of the USB device: media are inserted and ejected by writing to files of the kernel's mass storage function. */
package org.catseye.hid.gadget.drives;
