/** The child process: finding the program, running it within limits, watching it, and reading its output. */
package org.catseye.ffmpeg.process;
