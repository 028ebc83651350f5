/**
 * A client of QMP, the protocol in which QEMU is controlled: lines of JSON over a socket. It uses nothing else of this bundle. Start
 * reading at {@code QmpClient}.
 */
package org.catseye.qemu.qmp;
