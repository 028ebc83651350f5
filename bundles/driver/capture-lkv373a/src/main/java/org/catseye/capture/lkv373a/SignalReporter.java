package org.catseye.capture.lkv373a;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.catseye.capture.lkv373a.diagnosis.SignalReport;
import org.catseye.capture.lkv373a.source.VideoSource;
import org.catseye.video.spi.CaptureContext;

/**
 * Reports to the hub why there is no picture, once for each reason. The source that received something last decides; if none did, the
 * first one. For one thread.
 */
final class SignalReporter {

    private final CaptureContext context;
    private final List<VideoSource> sources;
    private Optional<SignalReport> lastReported = Optional.empty();
    private long publishedFrames;

    SignalReporter(CaptureContext context, List<VideoSource> sources) {
        this.context = context;
        this.sources = sources;
    }

    void reportChanges(long nanos) {
        long published = sources.stream().mapToLong(VideoSource::publishedFrames).sum();
        if (published != publishedFrames) {
            // A published frame makes the hub live, so that a reason must be reported again.
            publishedFrames = published;
            lastReported = Optional.empty();
        }
        Optional<SignalReport> report = findLastActive(sources).diagnoseSignal(nanos);
        if (report.isPresent() && !report.equals(lastReported)) {
            lastReported = report;
            context.reportSignal(report.get().signal(), report.get().message());
        }
    }

    /** Whether no source received anything for this long. */
    boolean isSilentFor(long durationNanos, long nanos) {
        return sources.stream()
            .allMatch(source -> source.lastArrival().isEmpty() || nanos - source.lastArrival().getAsLong() > durationNanos);
    }

    /** The source that received something last; the first one if none did. */
    static VideoSource findLastActive(List<VideoSource> sources) {
        return sources.stream().max(Comparator.comparing((VideoSource source) -> source.lastArrival().orElse(Long.MIN_VALUE))
            .thenComparing(source -> -sources.indexOf(source))).orElseThrow();
    }
}
