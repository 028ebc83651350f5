/** Who sent a request, if a proxy in front of this device reports it. */
package org.catseye.web.gate.forwarded;
