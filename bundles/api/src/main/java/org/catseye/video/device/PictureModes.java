package org.catseye.video.device;

import java.util.List;

/**
 * The picture sizes and frame rates that a device offers.
 *
 * @param widthKey the setting for the width in pixels
 * @param heightKey the setting for the height in pixels. Width and height are 0 for the best size
 * @param rateKey the setting for the maximum number of frames per second
 * @param sizes in the device's order; of a range only common sizes
 */
public record PictureModes(String widthKey, String heightKey, String rateKey, List<Size> sizes) {

    public PictureModes {
        sizes = List.copyOf(sizes);
    }

    /**
     * A picture size.
     *
     * @param width pixels
     * @param height pixels
     * @param rates frames per second, the highest first; empty if the device lists none
     */
    public record Size(int width, int height, List<Double> rates) {

        public Size {
            rates = List.copyOf(rates);
        }
    }
}
