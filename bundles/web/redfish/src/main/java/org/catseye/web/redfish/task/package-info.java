/** Work that takes longer than a client waits. */
package org.catseye.web.redfish.task;
