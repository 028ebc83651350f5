/** The newest picture as one response. */
package org.catseye.web.socket.snapshot;
