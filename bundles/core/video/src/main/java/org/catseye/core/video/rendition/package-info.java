/**
 * Pictures that are made from a target's picture: JPEGs of H.264 for viewers that can show nothing else, and smaller ones for slow
 * lines. Each is a hub of its own whose device is made by a {@code JpegRenderer} or a {@code VideoEncoder}.
 */
package org.catseye.core.video.rendition;
