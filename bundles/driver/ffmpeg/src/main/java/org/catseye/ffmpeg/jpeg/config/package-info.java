/** The configuration of the JPEG renderer: its form, its validation, and the search for the program ffmpeg. */
package org.catseye.ffmpeg.jpeg.config;
