/** The picture as an endless multipart response. */
package org.catseye.web.socket.mjpeg;
