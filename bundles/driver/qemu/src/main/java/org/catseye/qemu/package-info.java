/**
 * Virtual machines of QEMU as targets: their power, their drives and a picture, over QMP. {@code QemuTarget} is the component, {@code Machine}
 * the virtual machine behind it. Start reading at {@code Machine}.
 */
package org.catseye.qemu;
