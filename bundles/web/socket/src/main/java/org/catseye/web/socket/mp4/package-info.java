/** Fragmented MP4 (ISO/IEC 14496-12 and -15) with one H.264 track, made from access units without encoding them again. */
package org.catseye.web.socket.mp4;
