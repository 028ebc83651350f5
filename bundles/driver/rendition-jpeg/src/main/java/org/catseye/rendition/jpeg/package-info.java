/**
 * Smaller JPEGs of a picture, for viewers on slow lines that get no H.264: {@code JpegDevice} does the work of one quality, with a
 * {@code RateControl} that decides how coarse the next picture is.
 */
package org.catseye.rendition.jpeg;
