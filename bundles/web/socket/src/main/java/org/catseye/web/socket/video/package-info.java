/** The picture over a WebSocket, catseye.video.v1. */
package org.catseye.web.socket.video;
