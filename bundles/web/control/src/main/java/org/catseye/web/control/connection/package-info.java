/** One viewer's control socket: what it receives, what it sends, and its input session. */
package org.catseye.web.control.connection;
