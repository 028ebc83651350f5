/**
 * HDMI sticks and other V4L2 capture devices as {@link org.catseye.video.spi.CaptureDevice}s. Sticks are found automatically, their
 * JPEG is passed through unchanged, and each fault is reported with its remedy. Start reading at {@code StickDriver}.
 */
package org.catseye.capture.v4l2;
