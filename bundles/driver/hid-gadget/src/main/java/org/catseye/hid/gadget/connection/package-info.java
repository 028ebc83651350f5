/**
 * Follows the connection to the remote computer: opens the device nodes, detects whether reports are fetched, sends them, and
 * notifies the hub of each change. {@code ConnectionWatcher} is the driver's only thread.
 */
package org.catseye.hid.gadget.connection;
