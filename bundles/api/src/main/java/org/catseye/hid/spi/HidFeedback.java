package org.catseye.hid.spi;

import org.catseye.hid.Leds;
import org.osgi.annotation.versioning.ProviderType;

/** The hub as a transport sees it. Thread-safe; returns at once; may be called from any thread. */
@ProviderType
public interface HidFeedback {

    /** The target listens (again). The hub answers, on a thread of its own, with everything up and then the held state. */
    void reportReady(String reason);

    /** The target does not listen: why, in one sentence, with the mend. */
    void reportOffline(String reason);

    /** The target set its keyboard lights. */
    void reportLeds(Leds leds);
}
