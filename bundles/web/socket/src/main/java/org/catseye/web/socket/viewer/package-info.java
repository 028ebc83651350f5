/** The viewers of a target and the hub that serves them. */
package org.catseye.web.socket.viewer;
