package org.catseye.ffmpeg.h264.config;

import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.service.component.annotations.Component;

/** Lets a form reject, before saving, the values that {@link H264Settings} rejects. */
@Component(property = ConfigurationCheck.PID + "=" + H264Config.PID)
public final class H264Check implements ConfigurationCheck {

    @Override
    public void checkValues(Map<String, ?> values) throws BadValueException {
        H264Settings.parseSettings(values);
    }
}
