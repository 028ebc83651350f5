package org.catseye.ffmpeg.h264;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.ffmpeg.process.PipeRun;
import org.catseye.jpeg.source.SourcePictures;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.EncoderSettings;

/**
 * Writes pictures to the encoder, at most so many a second, and no more than two before it has a result. A picture that stays is written
 * again, each time within the limit of the bit rate, until it is sharp: then the result is small. After that nothing is written until it
 * changes.
 */
final class PictureWriter implements PipeRun.Writer {

    private static final int MAX_OUTSTANDING = 2;
    /** The result for a picture that is as sharp as it gets. */
    private static final int SHARP_BYTES = 200;
    private static final int SHARP_AFTER = 3;
    private static final int MAX_REPEAT_SECONDS = 5;
    private static final long CHECK_MILLIS = 100;
    /** About the time until a result. */
    private static final long RESULT_MILLIS = 10;

    private final SourcePictures pictures;
    private final EncoderSettings limits;
    private final CaptureContext context;
    private final PipeRun run;
    private final Semaphore places = new Semaphore(MAX_OUTSTANDING);
    private final Queue<Long> captureTimes = new ConcurrentLinkedQueue<>();
    private final KeyFrames keyFrames;
    private volatile boolean sizeChanged;
    /** The number of small results in a row. A single one may be due to the bit rate. */
    private volatile int small;

    PictureWriter(SourcePictures pictures, EncoderSettings limits, CaptureContext context, PipeRun run) {
        this.pictures = pictures;
        this.limits = limits;
        this.context = context;
        this.run = run;
        keyFrames = new KeyFrames(limits.framesPerSecond());
    }

    /** Whether writing ended because the picture size changed. */
    boolean hasSizeChanged() {
        return sizeChanged;
    }

    @Override
    public void writeInput(OutputStream out) throws IOException, InterruptedException {
        VideoFormat format = pictures.format();
        IvfStream stream = new IvfStream(out, format.width(), format.height());
        long interval = TimeUnit.SECONDS.toNanos(1) / limits.framesPerSecond();
        long due = System.nanoTime();
        boolean changed = true;
        int repeated = 0;
        while (!context.isStopped()) {
            changed |= pictures.takeNewest();
            if (!pictures.format().equals(format)) {
                sizeChanged = true;
                return;
            }
            boolean keyFrame = keyFrames.isDue(context.isKeyFrameRequested(), System.nanoTime());
            if (!changed && !keyFrame && (isSharp(repeated) || repeated >= MAX_REPEAT_SECONDS * limits.framesPerSecond() || !captureTimes.isEmpty())) {
                pictures.awaitFrame(captureTimes.isEmpty() ? CHECK_MILLIS : RESULT_MILLIS);
                continue;
            }
            long now = System.nanoTime();
            if (now < due) {
                TimeUnit.NANOSECONDS.sleep(due - now);
                continue;
            }
            if (!places.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                continue;
            }
            repeated = changed || keyFrame ? 0 : repeated + 1;
            changed = false;
            due = System.nanoTime() + interval;
            writePicture(stream, keyFrame);
        }
    }

    private boolean isSharp(int repeated) {
        return Math.min(small, repeated) >= SHARP_AFTER;
    }

    private void writePicture(IvfStream stream, boolean keyFrame) throws IOException {
        if (keyFrame) {
            keyFrames.recordWritten(System.nanoTime());
        }
        captureTimes.add(pictures.capturedNanos());
        run.recordInput();
        stream.writePicture(pictures.jpeg(), pictures.bytes(), keyFrame);
        run.recordWritten();
    }

    /**
     * To be called for each result, on the reader's thread.
     *
     * @param bytes of the result
     * @return the capture time of its picture, System.nanoTime; 0 for a result without a picture
     */
    long recordResult(int bytes) {
        Long captured = captureTimes.poll();
        small = bytes < SHARP_BYTES ? small + 1 : 0;
        places.release();
        run.recordOutput(!captureTimes.isEmpty());
        return captured == null ? 0 : captured;
    }

    /** The next picture must become a key frame. */
    void requestKeyFrame() {
        keyFrames.recordLoss();
    }

    void recordKeyFrame() {
        keyFrames.recordArrival();
    }
}
