package org.catseye.video.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A source of pictures. Service properties: {@code kvm.target} (the target's id) and {@code kvm.label} (a name a person knows
 * the device by). If several serve one target, the highest service ranking is used.
 */
@ConsumerType
public interface CaptureDevice {

    /**
     * Delivers frames until {@link CaptureContext#isStopped()}. Runs on a thread of the hub, which is named after the target and
     * interrupted on stop; all resources are released before the method returns, however it returns.
     *
     * <p>Return or throw when the device is gone or must be opened afresh: the hub shows the reason and calls again, after
     * 0.1 s at first and at most 1 s later on. A device that is away may also say so with {@link Signal#NO_DEVICE} and wait
     * here for its return.
     *
     * @throws IOException the message is shown to people: what is wrong, with which device, and the mend. A
     *     {@link org.catseye.config.BadValueException} is shown as a configuration that has to be corrected, not as one more try
     * @throws InterruptedException if interrupted; the same as returning
     */
    void capture(CaptureContext context) throws IOException, InterruptedException;
}
