/** The remote computers, and the parts of this device that manage them. */
package org.catseye.web.redfish.system;
