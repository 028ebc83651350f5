/** The drives of a virtual machine: its CD drives, and a USB disk that is plugged in when there is an image for it. */
package org.catseye.qemu.drive;
