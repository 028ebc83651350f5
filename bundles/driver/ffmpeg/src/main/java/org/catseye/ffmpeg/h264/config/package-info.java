/** The configuration of the H.264 encoder. */
package org.catseye.ffmpeg.h264.config;
