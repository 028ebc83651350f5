package org.catseye.core.video.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.VideoState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The viewers of a hub. They come and leave on any thread; frames are offered on the thread that publishes. A viewer whose listener
 * throws is removed, so no viewer ever harms another.
 */
final class Audience {

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private final String target;
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private int round;

    Audience(String target) {
        this.target = target;
    }

    void addViewer(Viewer viewer) {
        viewers.add(viewer);
    }

    void removeViewer(Viewer viewer) {
        viewers.remove(viewer);
    }

    /** Without those that are excluded from the statistics. */
    int countViewers() {
        int count = 0;
        for (Viewer viewer : viewers) {
            count += viewer.isCounted() ? 1 : 0;
        }
        return count;
    }

    boolean acceptsCodec(Codec codec) {
        return viewers.stream().anyMatch(viewer -> viewer.acceptsCodec(codec));
    }

    /** Whether each viewer that shows JPEGs also shows their changes as drawings. */
    boolean acceptsDrawings() {
        return viewers.stream().allMatch(viewer -> viewer.acceptsCodec(Codec.DRAWING) || !viewer.acceptsCodec(Codec.JPEG));
    }

    /** Offers a new frame to all. Each round begins with another viewer, so that none is always the last. */
    void offerFrame() {
        Object[] all = viewers.toArray();
        int first = all.length == 0 ? 0 : Math.floorMod(round++, all.length);
        for (int i = 0; i < all.length; i++) {
            offerFrame((Viewer) all[(first + i) % all.length]);
        }
    }

    /** Offers the newest frame to one viewer, which may have it already. */
    void offerFrame(Viewer viewer) {
        callListener(viewer, FrameListener::onFrameAvailable);
    }

    void notifyState(VideoState state) {
        for (Viewer viewer : viewers) {
            callListener(viewer, listener -> listener.onStateChanged(state));
        }
    }

    /** Removes all viewers and notifies each. */
    void removeAllViewers() {
        for (Viewer viewer : viewers) {
            viewers.remove(viewer);
            try {
                viewer.closeWithHub();
            } catch (RuntimeException e) {
                LOG.warn("{}: a viewer failed while the hub closed", target, e);
            }
        }
    }

    private void callListener(Viewer viewer, Consumer<FrameListener> call) {
        try {
            call.accept(viewer.listener());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: a viewer failed and is removed", target, e);
            viewer.close();
        }
    }
}
