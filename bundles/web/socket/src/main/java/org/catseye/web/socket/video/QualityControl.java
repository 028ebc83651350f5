package org.catseye.web.socket.video;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.http.TargetJson;
import org.catseye.video.Delivery;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState;
import org.catseye.web.socket.video.LineMeter.Line;

/** The quality of one viewer: what it asked for, what its line takes, and the message that reports both. Thread-safe. */
final class QualityControl {

    /**
     * The figures are sent once a second while the picture is still, because each message counts on a slow line. This is often enough for the
     * page, which takes them for a sign that the connection works. Ticks may be early.
     */
    private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final LineMeter meter;
    private AutoQuality auto;
    private QualityChoice choice;
    /** What the last message reported, and when. */
    private Optional<Reported> reported = Optional.empty();
    private long reportedNanos;

    private record Reported(QualityChoice choice, Delivery delivery, Optional<VideoFormat> format) {
    }

    QualityControl(QualityChoice choice, LineMeter meter, long now) {
        this.choice = choice;
        this.meter = meter;
        auto = new AutoQuality(now);
    }

    /** The viewer asks for another quality. @return the one to be used now */
    synchronized PictureQuality choose(QualityChoice next) {
        if (next == QualityChoice.AUTO && choice != next) {
            auto = new AutoQuality(System.nanoTime());
        }
        choice = next;
        return quality();
    }

    synchronized PictureQuality quality() {
        return choice.fixed().orElse(auto.quality());
    }

    /** Measures the line, and decides anew if the viewer leaves that to the server. */
    synchronized void update(long now) {
        if (choice == QualityChoice.AUTO) {
            auto.update(meter.measure(now), now);
        }
    }

    /**
     * The message {@code quality}, to be asked for twice a second.
     *
     * @param source of the hub's own picture; empty without a hub
     * @return empty if the picture is still and nothing else has changed for a moment
     */
    synchronized Optional<String> nextStatus(Delivery delivery, Optional<VideoFormat> format, Optional<VideoState> source, long now) {
        Line line = meter.measure(now);
        Optional<Reported> next = Optional.of(new Reported(choice, delivery, format));
        boolean still = line.frames() == 0 && line.oldestMillis() == 0;
        if (still && next.equals(reported) && now - reportedNanos < STILL_NANOS) {
            return Optional.empty();
        }
        reported = next;
        reportedNanos = now;
        return Optional.of(formatStatus(line, delivery, format, source));
    }

    private String formatStatus(Line line, Delivery delivery, Optional<VideoFormat> format, Optional<VideoState> source) {
        return TargetJson.format(json -> {
            json.writeStartObject();
            json.writeStringField("type", "quality");
            json.writeStringField("level", choice.wireName());
            json.writeStringField("delivered", delivery.quality().name().toLowerCase(Locale.ROOT));
            json.writeStringField("codec", format.map(known -> known.codec().name().toLowerCase(Locale.ROOT)).orElse(""));
            json.writeNumberField("width", format.map(VideoFormat::width).orElse(0));
            json.writeNumberField("height", format.map(VideoFormat::height).orElse(0));
            json.writeNumberField("fps", Math.round(line.framesPerSecond() * 10) / 10.0);
            json.writeNumberField("kbps", line.kilobitsPerSecond());
            json.writeNumberField("delay", line.delayMillis());
            json.writeNumberField("slowLine", choice == QualityChoice.AUTO ? auto.slowLineKilobits() : 0);
            json.writeNumberField("line", line.lineKilobitsPerSecond());
            json.writeNumberField("deviceFps", source.map(state -> Math.round(state.fps() * 10) / 10.0).orElse(0.0));
            json.writeNumberField("lost", source.map(VideoState::lost).orElse(0L));
            json.writeStringField("encoder", delivery.encoder());
            json.writeStringField("reason", delivery.reason());
            json.writeEndObject();
        });
    }
}
