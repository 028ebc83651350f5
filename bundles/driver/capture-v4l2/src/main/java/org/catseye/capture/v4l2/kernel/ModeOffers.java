package org.catseye.capture.v4l2.kernel;

import java.io.IOException;
import java.util.List;

/** The video modes that a device offers. Each list is in the device's own order. */
public interface ModeOffers {

    /** The pixel formats; empty for a metadata node. */
    List<Integer> listFormats() throws IOException;

    /** The picture sizes of a format; empty if the device does not list them. */
    List<SizeOffer> listSizes(int fourcc) throws IOException;

    /** The frame rates of a format and size, in frames per second; for a continuous range only the highest. */
    List<Double> listRates(int fourcc, int width, int height) throws IOException;
}
