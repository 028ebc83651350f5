/** The Redfish service of the DMTF: {@code /redfish/v1}. */
package org.catseye.web.redfish;
