package org.catseye.plugins.health;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The memory for pictures that the video hubs have lent to drivers. Thread-safe; the method returns immediately. */
@ProviderType
public interface LentFrames {

    /**
     * Memory that one bundle has taken for frames, and has neither published nor returned.
     *
     * @param slots how many frames
     * @param bytes memory of these frames
     * @param exhausted whether one of its devices has as many as it may have, so that it gets no more
     */
    record Lent(int slots, long bytes, boolean exhausted) {
    }

    /** What each bundle with a running capture device has, by the id of the bundle. A driver that does not end after its stop is included. */
    Map<Long, Lent> listByBundle();
}
