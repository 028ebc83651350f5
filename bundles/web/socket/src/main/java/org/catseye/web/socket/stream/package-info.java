/** The picture as an H.264 stream for players and recorders. */
package org.catseye.web.socket.stream;
