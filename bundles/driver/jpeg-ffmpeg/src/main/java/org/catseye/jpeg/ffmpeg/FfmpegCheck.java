package org.catseye.jpeg.ffmpeg;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Tells a form what {@link Settings} would refuse. */
@Component(property = ConfigurationCheck.PID + "=" + FfmpegConfig.PID)
public final class FfmpegCheck implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        Settings.of(values);
    }
}
