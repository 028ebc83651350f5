/** The picture as an HLS playlist (draft-pantos-hls-rfc8216bis) whose segments are kept in memory while somebody fetches it. */
package org.catseye.web.socket.hls;
