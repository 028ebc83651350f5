/** Screenshots of QEMU as a picture, for virtual machines without a better one. */
package org.catseye.qemu.screen;
