package org.catseye.core.video;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.VideoState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who watches a target. They come and go on any thread; frames are offered on the one that publishes. One who throws is put out: no viewer
 * ever harms another.
 */
final class Audience {

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private final String target;
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private int turn;

    Audience(String target) {
        this.target = target;
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    /** Those who count as viewers. */
    int count() {
        int count = 0;
        for (Viewer viewer : viewers) {
            count += viewer.counts() ? 1 : 0;
        }
        return count;
    }

    boolean accepts(Codec codec) {
        return viewers.stream().anyMatch(viewer -> viewer.accepts(codec));
    }

    /** There is a new frame. Each begins with another viewer, so that none is always the last. */
    void offer() {
        Object[] all = viewers.toArray();
        int first = all.length == 0 ? 0 : Math.floorMod(turn++, all.length);
        for (int i = 0; i < all.length; i++) {
            offer((Viewer) all[(first + i) % all.length]);
        }
    }

    /** There is a frame that this viewer may not know. */
    void offer(Viewer viewer) {
        tell(viewer, FrameListener::onFrameAvailable);
    }

    void tell(VideoState state) {
        for (Viewer viewer : viewers) {
            tell(viewer, listener -> listener.onStateChanged(state));
        }
    }

    /** Lets all of them go, and tells each. */
    void end() {
        for (Viewer viewer : viewers) {
            viewers.remove(viewer);
            try {
                viewer.end();
            } catch (RuntimeException e) {
                LOG.warn("{}: a viewer failed at the end of the hub", target, e);
            }
        }
    }

    private void tell(Viewer viewer, Consumer<FrameListener> what) {
        try {
            what.accept(viewer.listener());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: a viewer failed and is let go", target, e);
            viewer.close();
        }
    }
}
