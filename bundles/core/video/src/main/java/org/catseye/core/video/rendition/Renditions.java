package org.catseye.core.video.rendition;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.hub.HubTotals;
import org.catseye.video.Codec;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.VideoStatistics;
import org.catseye.video.spi.JpegRenderer;
import org.catseye.video.spi.VideoEncoder;

/** The renditions of one target, and which of them a viewer needs. */
public final class Renditions {

    /** The best codec first. */
    private static final List<Codec> OUTPUTS = List.of(Codec.H264, Codec.JPEG);
    private static final List<PictureQuality> ENCODED = List.of(PictureQuality.BALANCED, PictureQuality.SLOW);
    private static final String NO_RENDERER_REASON = "This picture comes as H.264, and nothing is installed that makes JPEGs of it. Use a page"
        + " that shows H.264, or add the bundle org.catseye.ffmpeg and the program ffmpeg (apt-get install ffmpeg).";
    static final String NO_ENCODER_REASON = "No encoder for lower qualities is installed. Add the bundle org.catseye.rendition.jpeg, or for better"
        + " pictures the bundle org.catseye.ffmpeg and the program ffmpeg (apt-get install ffmpeg).";

    static final String NO_H264_REASON = "No encoder of JPEGs is installed, and this viewer cannot show H.264. Add the bundle org.catseye.rendition.jpeg.";

    private final Hub source;
    private final LongSupplier clock;
    private final Rendition jpegOfH264;
    private final Map<Codec, Map<PictureQuality, Rendition>> encoded = new EnumMap<>(Codec.class);

    /**
     * @param source the hub of the picture
     * @param createHub makes a hub for a rendition; the argument is the end of its name
     * @param background starts the threads of renditions; one thread
     */
    public Renditions(Hub source, Function<String, Hub> createHub, Executor background) {
        this(source, createHub, background, System::nanoTime);
    }

    /** @param clock as System.nanoTime */
    Renditions(Hub source, Function<String, Hub> createHub, Executor background, LongSupplier clock) {
        this.source = source;
        this.clock = clock;
        jpegOfH264 = new Rendition(source, this, createHub.apply("-jpeg"), Codec.JPEG, PictureQuality.SHARP, NO_RENDERER_REASON, background);
        for (Codec output : OUTPUTS) {
            Map<PictureQuality, Rendition> byQuality = new EnumMap<>(PictureQuality.class);
            for (PictureQuality quality : ENCODED) {
                Hub hub = createHub.apply("-" + output.name().toLowerCase(Locale.ROOT) + "-" + quality.name().toLowerCase(Locale.ROOT));
                byQuality.put(quality, new Rendition(source, this, hub, output, quality, NO_ENCODER_REASON, background));
            }
            encoded.put(output, byQuality);
        }
    }

    /** Uses another renderer from now on; empty for none. Waits until the old one has stopped. */
    public void useRenderer(Optional<JpegRenderer> renderer) {
        jpegOfH264.useMaker(renderer.map(Maker::of));
    }

    /** Uses another encoder for this output from now on; empty for none. Waits until the old one has stopped. */
    public void useEncoder(Codec output, Optional<VideoEncoder> encoder) {
        encoded.get(output).forEach((quality, rendition) -> rendition.useMaker(encoder.map(one -> Maker.of(one, quality))));
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    void stopAll() {
        all().forEach(Rendition::stopRendering);
    }

    private Stream<Rendition> all() {
        return Stream.concat(Stream.of(jpegOfH264), encoded.values().stream().flatMap(byQuality -> byQuality.values().stream()));
    }

    /** Of the source and all renditions. */
    VideoStatistics countTotals() {
        List<HubTotals> totals = Stream.concat(Stream.of(source.totals()), all().map(Rendition::totals)).toList();
        return new VideoStatistics(source.totals().bytes(), sum(totals, HubTotals::deliveredFrames), sum(totals, HubTotals::deliveredBytes),
            sum(totals, HubTotals::skippedFrames), all().flatMap(rendition -> rendition.encoderTotals().stream()).toList());
    }

    private static long sum(List<HubTotals> totals, ToLongFunction<HubTotals> figure) {
        return totals.stream().mapToLong(figure).sum();
    }

    /** The state for viewers that show the source, its JPEGs, or H.264 that is made of it. */
    VideoState stateFor(Set<Codec> accepts, VideoState source) {
        if (needsJpeg(accepts, source)) {
            return jpegOfH264.currentState();
        }
        boolean shown = source.condition() != Condition.LIVE || source.format().map(format -> accepts.contains(format.codec())).orElse(true);
        return shown || choose(accepts, PictureQuality.BALANCED, source).isPresent() ? source
            : new VideoState(Condition.NO_DEVICE, unavailableReason(accepts, PictureQuality.BALANCED), Optional.empty(), 0, source.viewers(), source.frames(), source.lost());
    }

    /** The rendition that a viewer needs at the moment; empty if it follows the source. */
    Optional<Rendition> choose(Set<Codec> accepts, PictureQuality quality, VideoState source) {
        if (source.condition() != Condition.LIVE) {
            return Optional.empty();
        }
        Optional<Rendition> smaller = listPossible(accepts, quality).filter(Rendition::isAvailable).findFirst();
        if (smaller.isPresent()) {
            return smaller;
        }
        return needsJpeg(accepts, source) ? Optional.of(jpegOfH264) : Optional.empty();
    }

    /** Whether another rendition of the same quality can take its place. */
    boolean hasOther(Rendition rendition, Set<Codec> accepts) {
        return listPossible(accepts, rendition.quality()).anyMatch(other -> other != rendition && other.isAvailable());
    }

    /** Whether a better rendition of the same quality may work again. */
    boolean isSecondBest(Rendition rendition, Set<Codec> accepts) {
        return listPossible(accepts, rendition.quality()).takeWhile(other -> other != rendition).anyMatch(Rendition::isAvailable);
    }

    /** The best first; none for the source's own quality. */
    private Stream<Rendition> listPossible(Set<Codec> accepts, PictureQuality quality) {
        return quality == PictureQuality.SHARP ? Stream.empty() : OUTPUTS.stream().filter(accepts::contains).map(output -> encoded.get(output).get(quality));
    }

    /** Why no rendition of this quality is available. A program that is missing says more than that there is no bundle. */
    String unavailableReason(Set<Codec> accepts, PictureQuality quality) {
        return listPossible(accepts, quality).filter(Rendition::hasMaker).findFirst().map(rendition -> rendition.reason())
            .orElse(accepts.contains(Codec.H264) ? NO_ENCODER_REASON : NO_H264_REASON);
    }

    private static boolean needsJpeg(Set<Codec> accepts, VideoState source) {
        return source.condition() == Condition.LIVE && accepts.contains(Codec.JPEG)
            && source.format().map(format -> !accepts.contains(format.codec())).orElse(false);
    }
}
