package org.catseye.ffmpeg.jpeg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.ffmpeg.process.PipeRun;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureContext;

/** Writes the source's access units to ffmpeg, one at a time: there is no queue. Ends when the picture size changes. */
final class AccessUnitWriter implements FrameListener, PipeRun.Writer {

    /** An access unit delimiter. A decoder only detects the end of a frame at the start of the next unit, so one is sent at once. */
    private static final byte[] DELIMITER = {0, 0, 0, 1, 9, (byte) 0xf0};
    private static final long CHECK_MILLIS = 200;

    private final VideoHub source;
    private final CaptureContext context;
    private final PipeRun run;
    private final Semaphore frames = new Semaphore(0);
    private final byte[] chunk = new byte[64 * 1024];
    private volatile long writtenCaptureNanos;
    private volatile boolean formatChanged;

    AccessUnitWriter(VideoHub source, CaptureContext context, PipeRun run) {
        this.source = source;
        this.context = context;
        this.run = run;
    }

    @Override
    public void onFrameAvailable() {
        if (frames.availablePermits() == 0) {
            frames.release();
        }
    }

    /** Capture time of the last frame written, System.nanoTime. */
    long writtenCaptureNanos() {
        return writtenCaptureNanos;
    }

    /** Whether writing ended because the picture size changed. */
    boolean hasFormatChanged() {
        return formatChanged;
    }

    @Override
    public void writeInput(OutputStream out) throws IOException, InterruptedException {
        VideoFormat format = null;
        try (Subscription subscription = source.subscribe(this, EnumSet.of(Codec.H264))) {
            while (!context.isStopped()) {
                Optional<Frame> next = subscription.nextFrame();
                if (next.isEmpty()) {
                    frames.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                    continue;
                }
                try (Frame frame = next.get()) {
                    if (format != null && !format.equals(frame.format())) {
                        formatChanged = true;
                        return;
                    }
                    format = frame.format();
                    writeFrame(frame, out);
                }
            }
        }
    }

    private void writeFrame(Frame frame, OutputStream out) throws IOException {
        run.recordInput();
        writtenCaptureNanos = frame.capturedNanos();
        ByteBuffer data = frame.encodedBytes().duplicate();
        while (data.hasRemaining()) {
            int count = Math.min(chunk.length, data.remaining());
            data.get(chunk, 0, count);
            out.write(chunk, 0, count);
        }
        out.write(DELIMITER);
        out.flush();
        run.recordWritten();
    }
}
