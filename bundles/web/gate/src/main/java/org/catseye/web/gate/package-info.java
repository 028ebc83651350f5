/**
 * The gate: every request to the guarded servlet context passes {@link org.catseye.web.gate.GateContext}, which serves nothing by
 * itself and lets nobody through without a session, a few public paths aside.
 */
package org.catseye.web.gate;
