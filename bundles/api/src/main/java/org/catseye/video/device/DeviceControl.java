package org.catseye.video.device;

import java.util.OptionalInt;

/**
 * A picture control with the limits of the connected device, in the device's own unit (VIDIOC_QUERYCTRL of V4L2 and the like).
 *
 * @param key the setting in the device's configuration that sets it. While that is empty, the device keeps its value
 * @param min the smallest value
 * @param max the largest value
 * @param step the distance between values, at least 1
 * @param defaultValue the value of a new device
 * @param current the value that the device has now; empty if it does not report it
 * @param lockReason why the value can't be changed, as a sentence for the user; empty if it can
 */
public record DeviceControl(String key, int min, int max, int step, int defaultValue, OptionalInt current, String lockReason) {
}
