/** The WebSocket protocol, RFC 6455. */
package org.catseye.web.socket.websocket;
