/** The virtual drives of the targets. */
package org.catseye.web.redfish.media;
