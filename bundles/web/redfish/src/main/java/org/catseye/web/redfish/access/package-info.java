/** What a caller may see and do. */
package org.catseye.web.redfish.access;
