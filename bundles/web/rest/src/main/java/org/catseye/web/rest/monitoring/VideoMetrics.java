package org.catseye.web.rest.monitoring;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.catseye.video.VideoState;
import org.catseye.video.VideoStatistics;
import org.catseye.video.VideoStatistics.EncoderTotals;
import org.catseye.web.rest.Targets;

/** The pictures of the targets: from the device, to the viewers, and what encodes them in between. */
final class VideoMetrics {

    private static final String PREFIX = "catseye_video_";
    private static final double NANOS_PER_SECOND = 1e9;

    private VideoMetrics() {
    }

    static void addTo(PrometheusText text, List<Targets.View> views) {
        text.addMetric(PREFIX + "condition", "gauge", "1 for the current condition of the target's video.");
        for (Targets.View view : views) {
            for (VideoState.Condition condition : VideoState.Condition.values()) {
                text.addValue(PREFIX + "condition", view.video().condition() == condition ? 1 : 0, "target", view.id(), "condition", condition.name());
            }
        }
        addTarget(text, views, "fps", "gauge", "Frames per second, recently.", view -> view.video().fps());
        addTarget(text, views, "frames_total", "counter", "Frames published since the hub started.", view -> view.video().frames());
        addTarget(text, views, "bytes_total", "counter", "Bytes of the published frames.", view -> view.statistics().bytes());
        addTarget(text, views, "lost_total", "counter", "Frames lost by the device or because no buffer was free.", view -> view.video().lost());
        addTarget(text, views, "viewers", "gauge", "Current viewers.", view -> view.video().viewers());
        addTarget(text, views, "delivered_frames_total", "counter", "Frames that viewers took, from the device or from an encoder.", view -> view.statistics().deliveredFrames());
        addTarget(text, views, "delivered_bytes_total", "counter", "Bytes of these frames; a page that gets changed strips gets less.", view -> view.statistics().deliveredBytes());
        addTarget(text, views, "skipped_total", "counter", "Frames that a viewer did not take because a newer one came first.", view -> view.statistics().skippedFrames());
        addEncoders(text, views, "viewers", "gauge", "Current viewers of an encoder's pictures.", EncoderTotals::viewers);
        addEncoders(text, views, "frames_total", "counter", "Frames that the encoder published.", EncoderTotals::frames);
        addEncoders(text, views, "bytes_total", "counter", "Bytes of these frames.", EncoderTotals::bytes);
        addEncoders(text, views, "cpu_seconds_total", "counter", "Processor time of the encoder.", totals -> totals.processorNanos() / NANOS_PER_SECOND);
    }

    private static void addTarget(PrometheusText text, List<Targets.View> views, String name, String type, String help, ToDoubleFunction<Targets.View> figure) {
        text.addMetric(PREFIX + name, type, help);
        views.forEach(view -> text.addValue(PREFIX + name, figure.applyAsDouble(view), "target", view.id()));
    }

    private static void addEncoders(PrometheusText text, List<Targets.View> views, String name, String type, String help, ToDoubleFunction<EncoderTotals> figure) {
        text.addMetric(PREFIX + "encoder_" + name, type, help);
        for (Targets.View view : views) {
            VideoStatistics statistics = view.statistics();
            statistics.encoders().forEach(totals -> text.addValue(PREFIX + "encoder_" + name, figure.applyAsDouble(totals), "target", view.id(),
                "quality", totals.quality().name().toLowerCase(Locale.ROOT), "codec", totals.codec().name().toLowerCase(Locale.ROOT), "encoder", totals.encoder()));
        }
    }
}
