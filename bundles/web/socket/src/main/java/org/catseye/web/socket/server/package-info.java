/**
 * How connections and requests share the device: limits for callers without a session, a share for each user, and answers that no
 * thread waits for. The rest of the bundle only sees connections that were let in.
 */
package org.catseye.web.socket.server;
