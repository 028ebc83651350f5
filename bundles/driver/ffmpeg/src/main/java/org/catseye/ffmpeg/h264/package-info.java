/**
 * Encodes JPEGs to H.264 for viewers on slow lines, with the program ffmpeg as a child process: JPEGs go to its standard input, access units
 * come from its standard output. There is one child per target and quality, and only while such a viewer is connected.
 */
package org.catseye.ffmpeg.h264;
