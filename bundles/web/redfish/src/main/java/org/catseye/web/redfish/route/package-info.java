/** The frame of all Redfish resources: paths, methods, bodies, answers and errors. */
package org.catseye.web.redfish.route;
