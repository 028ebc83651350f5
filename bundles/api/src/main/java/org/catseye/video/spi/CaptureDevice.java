package org.catseye.video.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A source of pictures. Service properties: {@code kvm.target} (the target's id) and {@code kvm.label} (the device's name for the user).
 *
 * <p>If several serve one target, the one with the highest service ranking that has a source is used; among equals the oldest. A device
 * has no source while its last report is {@link Signal#NO_DEVICE}, and only then: after two seconds of that, or at once if it is the
 * device's first report, {@link #capture} of the next device is called as well. The better device's call goes on, so that it can wait for
 * its source; when it publishes a key frame, or has reported something else than NO_DEVICE for two seconds, the other call is stopped.
 */
@ConsumerType
public interface CaptureDevice {

    /**
     * Delivers frames until {@link CaptureContext#isStopped()}. Runs on a thread of the hub, which is named after the target and
     * interrupted on stop; all resources are released before the method returns, however it returns.
     *
     * <p>Return or throw when the device was disconnected or must be opened again: the hub shows the reason and calls again, after
     * 0.1 s at first and at most 1 s later on. A device that is missing may also report {@link Signal#NO_DEVICE} and wait
     * here for its return; while it waits it must cost next to nothing and hold no hardware that another driver could use.
     *
     * @throws IOException the message is shown to people: what is wrong, with which device, and the mend. A
     *     {@link org.catseye.config.BadValueException} is shown as a configuration that has to be corrected, not as one more try
     * @throws InterruptedException if interrupted; the same as returning
     */
    void capture(CaptureContext context) throws IOException, InterruptedException;
}
