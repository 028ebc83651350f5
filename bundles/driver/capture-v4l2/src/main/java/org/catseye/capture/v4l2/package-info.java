/**
 * HDMI sticks and other V4L2 capture devices as {@link org.catseye.video.spi.CaptureDevice}s: found by themselves, JPEG passed
 * through as it comes, and what is wrong said in words.
 */
package org.catseye.capture.v4l2;
