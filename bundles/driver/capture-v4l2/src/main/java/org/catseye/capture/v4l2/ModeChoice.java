package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catseye.config.BadValueException;
import org.catseye.video.IncomingSignal.Timing;

/**
 * Decides what to ask a device for: JPEG before anything else, then the configured size or the best one, then the rate. Devices
 * differ by firmware and by the speed of their USB connection, so only what they list themselves counts.
 */
final class ModeChoice {

    /** What a device can do; {@link VideoNode} in life. */
    interface Offers {
        List<Integer> formats() throws IOException;

        List<SizeOffer> sizes(int fourcc) throws IOException;

        List<Double> rates(int fourcc, int width, int height) throws IOException;
    }

    private static final int BEST_WIDTH = 1920;
    private static final int BEST_HEIGHT = 1080;

    private final Offers offers;
    private final Settings settings;

    ModeChoice(Offers offers, Settings settings) {
        this.offers = offers;
        this.settings = settings;
    }

    static ModeChoice of(VideoNode node, Settings settings) {
        return new ModeChoice(new Offers() {
            @Override
            public List<Integer> formats() throws IOException {
                return node.formats();
            }

            @Override
            public List<SizeOffer> sizes(int fourcc) throws IOException {
                return node.sizes(fourcc);
            }

            @Override
            public List<Double> rates(int fourcc, int width, int height) throws IOException {
                return node.rates(fourcc, width, height);
            }
        }, settings);
    }

    /**
     * @param input what comes in, where the device tells: such a device does not scale, so it decides the size
     * @throws IOException if the device has nothing that can be shown, or not the configured size: then with what it has
     */
    Mode choose(Optional<Timing> input) throws IOException {
        int fourcc = fourcc(offers.formats());
        if (input.isPresent()) {
            return new Mode(fourcc, input.get().width(), input.get().height(), 0);
        }
        List<SizeOffer> sizes = offers.sizes(fourcc);
        int width = settings.width();
        int height = settings.height();
        if (width == 0) {
            SizeOffer best = best(sizes);
            width = Math.min(best.maxWidth(), Math.max(best.minWidth(), BEST_WIDTH));
            height = Math.min(best.maxHeight(), Math.max(best.minHeight(), BEST_HEIGHT));
        } else if (!sizes.isEmpty() && !offered(sizes, width, height)) {
            throw new BadValueException(settings.pid(), "width x height", width + "x" + height, "a size that the stick has: " + sizes.stream().map(SizeOffer::words).distinct().collect(Collectors.joining(", ")));
        }
        return new Mode(fourcc, width, height, rate(offers.rates(fourcc, width, height)));
    }

    private static int fourcc(List<Integer> formats) throws IOException {
        Optional<Integer> jpeg = formats.stream().filter(V4l2::isJpeg).findFirst();
        if (jpeg.isPresent()) {
            return jpeg.get();
        }
        Optional<Integer> yuv = formats.stream().filter(V4l2::canBeShown).findFirst();
        if (yuv.isPresent()) {
            return yuv.get();
        }
        throw new IOException("the device offers no MJPG and no YUYV pictures, only "
            + formats.stream().map(V4l2::name).collect(Collectors.joining(", ")) + ": use another one");
    }

    private static boolean offered(List<SizeOffer> sizes, int width, int height) {
        return sizes.stream().anyMatch(size -> size.has(width, height));
    }

    /** 1920x1080 if there is, else the largest below, else the smallest of all. */
    private static SizeOffer best(List<SizeOffer> sizes) {
        Comparator<SizeOffer> byArea = Comparator.comparingLong(size -> (long) size.maxWidth() * size.maxHeight());
        return sizes.stream().filter(size -> size.has(BEST_WIDTH, BEST_HEIGHT)).findFirst()
            .or(() -> sizes.stream().filter(s -> s.maxWidth() <= BEST_WIDTH && s.maxHeight() <= BEST_HEIGHT).max(byArea))
            .or(() -> sizes.stream().min(byArea))
            .orElse(SizeOffer.exactly(BEST_WIDTH, BEST_HEIGHT));
    }

    /** The fastest that is not above the configured one; the slowest if all are; the configured one if none are listed. */
    private double rate(List<Double> rates) {
        double limit = settings.framesPerSecond() == 0 ? Double.MAX_VALUE : settings.framesPerSecond() + 0.5;
        return rates.stream().filter(rate -> rate <= limit).max(Comparator.naturalOrder())
            .or(() -> rates.stream().min(Comparator.naturalOrder()))
            .orElse((double) settings.framesPerSecond());
    }
}
