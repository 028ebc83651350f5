/**
 * Outlets of power strips (PDUs) that are switched with SNMP. {@code SnmpOutlet} is the power control, {@code Outlet} has the objects of the
 * agent, and {@code AgentSession} talks to it. Start reading at {@code SnmpOutlet}.
 */
package org.catseye.power.snmp;
