package org.catseye.rendition.jpeg;

import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.EncoderSettings;
import org.catseye.video.spi.VideoEncoder;
import org.osgi.service.component.annotations.Component;

/** The service. It needs no other program, so each device has it. */
@Component(property = VideoEncoder.OUTPUT + "=JPEG")
public final class JpegVideoEncoder implements VideoEncoder {

    @Override
    public CaptureDevice createRendition(VideoHub source, EncoderSettings settings) {
        return new JpegDevice(source, settings);
    }

    @Override
    public String displayName() {
        return "Catseye (JPEG)";
    }
}
