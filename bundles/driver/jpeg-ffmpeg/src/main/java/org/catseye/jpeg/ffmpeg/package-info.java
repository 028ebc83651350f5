/**
 * JPEGs from H.264 for viewers who can show nothing else, by the machine's ffmpeg as a child process: access units into its standard
 * input, JPEGs out of its standard output, one child per target and only while somebody watches.
 */
package org.catseye.jpeg.ffmpeg;
