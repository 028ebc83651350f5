/** Host names and origins: which ones belong to this device. */
package org.catseye.web.gate.origin;
