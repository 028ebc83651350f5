package org.catseye.core.video.rendition;

import java.util.Objects;
import java.util.function.Function;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.catseye.video.spi.VideoEncoder;

/** Makes the device of a rendition. Two are equal if they use the same service. */
final class Maker {

    private final Object service;
    private final String displayName;
    private final Function<VideoHub, CaptureDevice> create;

    private Maker(Object service, String displayName, Function<VideoHub, CaptureDevice> create) {
        this.service = service;
        this.displayName = displayName;
        this.create = create;
    }

    static Maker of(JpegRenderer renderer) {
        return new Maker(renderer, "", renderer::createRendition);
    }

    static Maker of(VideoEncoder encoder, PictureQuality quality) {
        return new Maker(encoder, encoder.displayName(), source -> encoder.createRendition(source, QualityLimits.limitsOf(quality)));
    }

    String displayName() {
        return displayName;
    }

    CaptureDevice createDevice(VideoHub source) {
        return create.apply(source);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Maker maker && maker.service == service;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(service);
    }
}
