package org.catseye.hid.spi;

import org.catseye.hid.Leds;
import org.osgi.annotation.versioning.ProviderType;

/** Lets a transport report changes to the hub. Thread-safe. Methods return immediately and may be called on any thread. */
@ProviderType
public interface HidFeedback {

    /**
     * Reports that the target accepts input, for the first time or again. The hub then releases all keys and buttons on the
     * target and sends the held ones again, on its own thread.
     *
     * @param reason one sentence for the user
     */
    void reportReady(String reason);

    /**
     * Reports that the target does not accept input.
     *
     * @param reason one sentence for the user with the cause and the remedy
     */
    void reportOffline(String reason);

    /** Reports that the target set its keyboard lights. */
    void reportLeds(Leds leds);
}
