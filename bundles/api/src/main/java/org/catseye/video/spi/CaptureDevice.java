package org.catseye.video.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that captures video. Service properties: {@code kvm.target} (the id of the target) and {@code kvm.label} (the display
 * name of the device).
 *
 * <p>If several devices serve one target, the hub uses the one with the highest service ranking that has a source; among equals,
 * the oldest. A device has no source only while its last report is {@link Signal#NO_DEVICE}. After two seconds in this state, or
 * immediately if it is the first report of the device, the hub also calls {@link #capture} of the next device. The call to the
 * preferred device continues, so that the device can wait for its source. When the preferred device publishes a key frame, or has
 * reported anything other than NO_DEVICE for two seconds, the hub stops the other call. When the service of the device in use is
 * unregistered, the hub keeps its last picture for three seconds, so that an update of a driver does not show another device.
 */
@ConsumerType
public interface CaptureDevice {

    /**
     * Delivers frames until {@link CaptureContext#isStopped()}. Blocks. Runs on a thread of the hub that is named after the
     * target and interrupted on stop. The implementation must release all resources before it returns or throws.
     *
     * <p>Return or throw when the device was disconnected or must be reopened. The hub then shows the reason and calls again, at
     * first after 0.1 s and later after at most 1 s. A driver whose device is missing may instead report {@link Signal#NO_DEVICE}
     * and wait in this method for its return. While it waits, it must use next to no resources and hold no hardware that another
     * driver could use.
     *
     * @param context valid until this method returns
     * @throws IOException the message is shown to users: the problem, the device and the remedy. A
     *     {@link org.catseye.config.BadValueException} is shown as an invalid configuration rather than as a failed attempt
     * @throws InterruptedException if the thread is interrupted; treated like a normal return
     */
    void capture(CaptureContext context) throws IOException, InterruptedException;
}
