/** Text channels over WebSockets, which stay open while their handlers are replaced. */
package org.catseye.web.socket.channel;
