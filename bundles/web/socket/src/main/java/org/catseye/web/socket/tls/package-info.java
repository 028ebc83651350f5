/** HTTPS. */
package org.catseye.web.socket.tls;
