package org.catseye.core.video;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has pictures in words painted on a thread of its own, one after the other, and keeps the last for the next who asks. */
final class Words {

    /** How long a live picture may be away before words take its place. */
    static final long PATIENCE_MILLIS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Words.class);

    private final ScheduledExecutorService executor;
    private final WordsPainter painter = new WordsPainter();
    /** Touched by the executor's one thread. */
    private String lastText = "";
    private Image last;

    /** A finished picture. */
    record Image(VideoFormat format, byte[] jpeg) {
    }

    /** @param executor one thread, owned and ended by the caller */
    Words(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * @param still asked just before painting: whether the words are still true
     * @param to gets the picture, on the executor's thread
     */
    void paint(Condition condition, String reason, long delayMillis, BooleanSupplier still, Consumer<Image> to) {
        try {
            executor.schedule(() -> paintNow(condition, reason, still, to), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("not painted, the hubs are stopping: {}", reason);
        }
    }

    private void paintNow(Condition condition, String reason, BooleanSupplier still, Consumer<Image> to) {
        if (!still.getAsBoolean()) {
            return;
        }
        try {
            String text = condition + " " + reason;
            if (last == null || !text.equals(lastText)) {
                last = painter.paint(condition, reason);
                lastText = text;
            }
            to.accept(last);
        } catch (RuntimeException | Error e) {
            // A machine without fonts must still show live pictures; the reason reaches the page as text anyway.
            LOG.warn("the picture in words could not be painted: {}", reason, e);
        }
    }
}
