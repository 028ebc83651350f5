/**
 * The gate: every request to the guarded servlet context passes {@link org.catseye.web.gate.GateContext}, which serves nothing itself. Without
 * a session only a few public paths pass.
 */
package org.catseye.web.gate;
