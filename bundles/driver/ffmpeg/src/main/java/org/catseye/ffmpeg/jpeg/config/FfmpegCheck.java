package org.catseye.ffmpeg.jpeg.config;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link FfmpegSettings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + FfmpegConfig.PID)
public final class FfmpegCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        FfmpegSettings.parseSettings(values);
    }
}
