package org.catseye.core.video.capture;

import org.catseye.video.spi.CaptureDevice;

/**
 * The device that a target uses.
 *
 * @param label its name for users
 * @param device the service
 */
public record UsedDevice(String label, CaptureDevice device) {
}
