/** Encodes input reports and writes them to the device nodes /dev/hidgN, within a bounded time. */
package org.catseye.hid.gadget.report;
