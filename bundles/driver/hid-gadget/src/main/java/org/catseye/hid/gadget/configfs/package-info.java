/** Compares the declared USB device with the kernel's configfs and applies the difference, step by step. */
package org.catseye.hid.gadget.configfs;
