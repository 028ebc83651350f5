/** The service root and the descriptions of the service. */
package org.catseye.web.redfish.service;
