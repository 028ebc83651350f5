/** JPEGs of an H.264 picture for viewers that can show nothing else: a hub of its own whose device is a {@code JpegRenderer}'s. */
package org.catseye.core.video.jpeg;
