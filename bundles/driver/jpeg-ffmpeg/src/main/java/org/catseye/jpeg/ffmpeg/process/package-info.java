/** The child process ffmpeg, and the reader of its output: JPEGs in multipart format. */
package org.catseye.jpeg.ffmpeg.process;
