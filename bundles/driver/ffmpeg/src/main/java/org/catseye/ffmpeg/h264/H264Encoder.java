package org.catseye.ffmpeg.h264;

import java.util.Map;
import org.catseye.ffmpeg.h264.config.H264Config;
import org.catseye.ffmpeg.h264.config.H264Settings;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.EncoderSettings;
import org.catseye.video.spi.VideoEncoder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The service. A changed configuration replaces it. */
@Component(name = H264Config.PID, configurationPid = H264Config.PID, property = VideoEncoder.OUTPUT + "=H264")
@Designate(ocd = H264Config.class)
public final class H264Encoder implements VideoEncoder {

    private final Map<String, Object> properties;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public H264Encoder(Map<String, Object> properties) {
        this.properties = properties;
    }

    @Override
    public CaptureDevice createRendition(VideoHub source, EncoderSettings settings) {
        return new EncoderDevice(source, settings, () -> H264Settings.parseSettings(properties));
    }

    @Override
    public String displayName() {
        return "ffmpeg (" + (properties.get("encoder") instanceof String encoder ? encoder : H264Config.LIBX264) + ")";
    }
}
