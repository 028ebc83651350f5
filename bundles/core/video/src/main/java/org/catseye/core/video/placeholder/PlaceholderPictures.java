package org.catseye.core.video.placeholder;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.catseye.video.VideoState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has placeholder pictures painted on a thread of their own, one after the other, and keeps the last one in case it is needed again. */
public final class PlaceholderPictures {

    /** How long a live picture may be missing before a placeholder replaces it. */
    public static final long GRACE_MILLIS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(PlaceholderPictures.class);

    private final ScheduledExecutorService executor;
    private final PlaceholderPainter painter = new PlaceholderPainter();
    /** Used on the executor's one thread only, as are the next two. */
    private Condition lastCondition;
    private String lastReason = "";
    private PlaceholderPicture lastPicture;

    /** @param executor one thread, owned and stopped by the caller */
    public PlaceholderPictures(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Paints a picture later.
     *
     * @param stillNeeded asked just before painting
     * @param receiver gets the picture, on the executor's thread
     */
    public void schedulePicture(Condition condition, String reason, long delayMillis, BooleanSupplier stillNeeded,
            Consumer<PlaceholderPicture> receiver) {
        try {
            executor.schedule(() -> deliverPicture(condition, reason, stillNeeded, receiver), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("No placeholder is painted, the hubs are stopping: {}", reason);
        }
    }

    private void deliverPicture(Condition condition, String reason, BooleanSupplier stillNeeded, Consumer<PlaceholderPicture> receiver) {
        if (!stillNeeded.getAsBoolean()) {
            return;
        }
        try {
            if (lastPicture == null || condition != lastCondition || !reason.equals(lastReason)) {
                lastPicture = painter.paintPicture(condition, reason);
                lastCondition = condition;
                lastReason = reason;
            }
            receiver.accept(lastPicture);
        } catch (RuntimeException | Error e) {
            // A machine without fonts must still show live pictures; the page shows the reason as text anyway.
            LOG.warn("The placeholder picture could not be painted: {}", reason, e);
        }
    }
}
