/**
 * Everything that stays open: the video connections (MJPEG and {@code catseye.video.v1}) and the channels over WebSocket. The only
 * bundle that is typed by the web server; it may be all that is left running while hubs, drivers and other web bundles are swapped.
 */
package org.catseye.web.socket;
