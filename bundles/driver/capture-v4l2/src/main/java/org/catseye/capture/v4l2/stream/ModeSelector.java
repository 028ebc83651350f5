package org.catseye.capture.v4l2.stream;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catseye.capture.v4l2.kernel.CaptureMode;
import org.catseye.capture.v4l2.kernel.ModeOffers;
import org.catseye.capture.v4l2.kernel.SizeOffer;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.settings.V4l2Config;
import org.catseye.config.BadValueException;
import org.catseye.video.IncomingSignal.Timing;

/**
 * Selects the mode to request from a device: JPEG if possible, then the configured size or the best one, then the rate. Devices
 * differ by firmware and by the speed of their USB connection, so only the device's own lists count.
 */
public final class ModeSelector {

    private static final int BEST_WIDTH = 1920;
    private static final int BEST_HEIGHT = 1080;
    /** Lets 30 frames per second also select a device's 30.3. */
    private static final double RATE_TOLERANCE = 0.5;

    private final ModeOffers offers;
    private final Settings settings;

    public ModeSelector(ModeOffers offers, Settings settings) {
        this.offers = offers;
        this.settings = settings;
    }

    /**
     * @param input the incoming timing if the device reports it; such a device does not scale, so the timing decides the size
     * @throws BadValueException if the device does not have the configured size; the message lists its sizes
     * @throws IOException if the device has no format that can be shown
     */
    CaptureMode selectMode(Optional<Timing> input) throws IOException {
        int fourcc = selectFormat(offers.listFormats());
        if (input.isPresent()) {
            return new CaptureMode(fourcc, input.get().width(), input.get().height(), 0);
        }
        List<SizeOffer> sizes = offers.listSizes(fourcc);
        int width = settings.width();
        int height = settings.height();
        checkConfiguredSize(sizes);
        if (width == 0) {
            SizeOffer best = findBestOffer(sizes);
            width = Math.min(best.maxWidth(), Math.max(best.minWidth(), BEST_WIDTH));
            height = Math.min(best.maxHeight(), Math.max(best.minHeight(), BEST_HEIGHT));
        }
        return new CaptureMode(fourcc, width, height, selectRate(offers.listRates(fourcc, width, height)));
    }

    /** The pixel format to request. @throws IOException if the device has none that can be shown */
    public static int selectFormat(List<Integer> formats) throws IOException {
        return formats.stream().filter(V4l2::isJpeg).findFirst()
            .or(() -> formats.stream().filter(V4l2::isDisplayable).findFirst())
            .orElseThrow(() -> new IOException("the device offers neither MJPG nor YUYV pictures, only "
                + formats.stream().map(V4l2::formatName).collect(Collectors.joining(", ")) + ": use another device"));
    }

    /**
     * @param sizes those that the device offers
     * @throws BadValueException if a size is configured that is not among them; the message lists them
     */
    public void checkConfiguredSize(List<SizeOffer> sizes) throws BadValueException {
        int width = settings.width();
        int height = settings.height();
        if (width != 0 && !sizes.isEmpty() && sizes.stream().noneMatch(size -> size.includesSize(width, height))) {
            throw new BadValueException(settings.pid(), V4l2Config.WIDTH, width + "x" + height, "a size that the stick has: "
                + sizes.stream().map(SizeOffer::description).distinct().collect(Collectors.joining(", ")));
        }
    }

    /** 1920x1080 if offered, else the largest size below it, else the smallest of all. */
    private static SizeOffer findBestOffer(List<SizeOffer> sizes) {
        Comparator<SizeOffer> byArea = Comparator.comparingLong(size -> (long) size.maxWidth() * size.maxHeight());
        return sizes.stream().filter(size -> size.includesSize(BEST_WIDTH, BEST_HEIGHT)).findFirst()
            .or(() -> sizes.stream().filter(size -> size.maxWidth() <= BEST_WIDTH && size.maxHeight() <= BEST_HEIGHT).max(byArea))
            .or(() -> sizes.stream().min(byArea))
            .orElse(SizeOffer.ofSingleSize(BEST_WIDTH, BEST_HEIGHT));
    }

    /** The highest rate up to the configured one; the lowest if all are above it; the configured one if none are listed. */
    private double selectRate(List<Double> rates) {
        double limit = settings.framesPerSecond() == 0 ? Double.MAX_VALUE : settings.framesPerSecond() + RATE_TOLERANCE;
        return rates.stream().filter(rate -> rate <= limit).max(Comparator.naturalOrder())
            .or(() -> rates.stream().min(Comparator.naturalOrder()))
            .orElse((double) settings.framesPerSecond());
    }
}
