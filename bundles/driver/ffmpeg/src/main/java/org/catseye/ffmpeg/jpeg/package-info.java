/**
 * Decodes H.264 to JPEGs for viewers that support nothing else, with the program ffmpeg as a child process: access units go to its
 * standard input, JPEGs come from its standard output. There is one child per target, and only while such a viewer is connected.
 */
package org.catseye.ffmpeg.jpeg;
