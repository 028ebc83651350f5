package org.catseye.ffmpeg.jpeg;

import java.util.Map;
import org.catseye.ffmpeg.jpeg.config.FfmpegConfig;
import org.catseye.ffmpeg.jpeg.config.FfmpegSettings;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The service. A changed configuration replaces it. */
@Component(name = FfmpegConfig.PID, configurationPid = FfmpegConfig.PID)
@Designate(ocd = FfmpegConfig.class)
public final class FfmpegRenderer implements JpegRenderer {

    private final Map<String, Object> properties;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public FfmpegRenderer(Map<String, Object> properties) {
        this.properties = properties;
    }

    @Override
    public CaptureDevice createRendition(VideoHub source) {
        return new FfmpegTranscoder(source, () -> FfmpegSettings.parseSettings(properties));
    }
}
