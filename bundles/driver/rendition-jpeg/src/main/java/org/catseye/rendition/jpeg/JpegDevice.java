package org.catseye.rendition.jpeg;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.jpeg.PictureMemory;
import org.catseye.jpeg.source.SourcePictures;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.EncoderSettings;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;

/** Encodes a hub's JPEGs again, on the thread that calls it. */
final class JpegDevice implements CaptureDevice {

    private static final long CHECK_MILLIS = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final VideoHub source;
    private final EncoderSettings limits;

    JpegDevice(VideoHub source, EncoderSettings limits) {
        this.source = source;
        this.limits = limits;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        try (SourcePictures pictures = new SourcePictures(source); PictureMemory memory = PictureMemory.forCopies(); JpegDecoder decoder = new JpegDecoder()) {
            if (pictures.awaitPicture(context)) {
                new Run(context, pictures, memory, decoder).encodePictures();
            }
        }
    }

    /** One call of {@link #capture}. */
    private final class Run {
        private final CaptureContext context;
        private final SourcePictures pictures;
        private final PictureMemory memory;
        private final JpegDecoder decoder;
        private final RateControl rate = new RateControl(limits, System.nanoTime());
        /** Of the source's last picture. */
        private Optional<VideoFormat> sourceFormat = Optional.empty();
        private ScaledPicture picture;
        /** The source has a picture that was not decoded yet. */
        private boolean changed = true;
        /** Encoded bytes that were not published yet; 0 if all were. */
        private int unpublished;

        Run(CaptureContext context, SourcePictures pictures, PictureMemory memory, JpegDecoder decoder) {
            this.context = context;
            this.pictures = pictures;
            this.memory = memory;
            this.decoder = decoder;
        }

        void encodePictures() throws IOException, InterruptedException {
            while (!context.isStopped()) {
                changed |= pictures.takeNewest();
                long now = System.nanoTime();
                if (!hasWork(now)) {
                    pictures.awaitFrame(CHECK_MILLIS);
                    continue;
                }
                long pause = rate.nanosUntilNext(now);
                if (pause > 0) {
                    TimeUnit.NANOSECONDS.sleep(Math.min(pause, TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS)));
                    continue;
                }
                long processor = THREADS.getCurrentThreadCpuTime();
                encodeNext(now);
                context.reportProcessorTime(THREADS.getCurrentThreadCpuTime() - processor);
                rate.recordTurn(now, System.nanoTime());
            }
        }

        private boolean hasWork(long now) {
            boolean grows = picture != null && picture.divisor() > 1 && rate.isGrowthDue(now);
            return changed || unpublished > 0 || grows || canRefine(now) || context.isKeyFrameRequested();
        }

        /** A smaller picture also becomes sharp, unless the full size is due or something still moves. */
        private boolean canRefine(long now) {
            return picture != null && picture.isCoarse() && (picture.divisor() == 1 || rate.isQuiet(now) && !rate.isGrowthDue(now));
        }

        private void encodeNext(long now) throws IOException, InterruptedException {
            if (changed) {
                changed = false;
                takePicture(now);
            }
            if (picture == null) {
                return;
            }
            if (picture.divisor() > 1 && rate.isGrowthDue(now)) {
                grow(now);
            }
            if (canRefine(now) && unpublished < rate.refinementBytes()) {
                unpublished += picture.refine(rate.refinementBytes() - unpublished);
            }
            if (unpublished > 0 || context.isKeyFrameRequested()) {
                publishPicture();
            }
        }

        private void takePicture(long now) throws IOException, InterruptedException {
            prepareSize();
            if (!decoder.decode(pictures.jpeg(), pictures.bytes(), pictures.format(), now)) {
                context.reportLostFrames(1);
                return;
            }
            if (picture == null) {
                picture = new ScaledPicture(pictures.format(), limits, 1);
            }
            picture.takePicture(decoder.image());
            if (picture.hasChanges()) {
                unpublished += encodeChanges(now);
            }
        }

        private void prepareSize() throws IOException, InterruptedException {
            VideoFormat format = pictures.format();
            if (sourceFormat.equals(Optional.of(format))) {
                return;
            }
            picture = null;
            if (!memory.tryReserve(format.width(), format.height())) {
                String reason = "There is not enough memory to make smaller pictures of " + format.width() + "x" + format.height() + " pixels.";
                // Others release theirs, so the encoder is not missing.
                context.reportSignal(Signal.CONNECTING, reason);
                throw new IOException(reason);
            }
            sourceFormat = Optional.of(format);
        }

        /** @return the bytes that a viewer of the last picture needs */
        private int encodeChanges(long now) {
            // Coarse strips are encoded again when they become sharp, which small changes can do without.
            int bytes = picture.hasSmallChanges() ? picture.encodeChanges(ScaledPicture.SHARP) : Integer.MAX_VALUE;
            if (bytes > rate.refinementBytes()) {
                bytes = picture.encodeChanges(rate.coarseness());
            }
            if (bytes > rate.maxFrameBytes()) {
                bytes = picture.encodeChanges(rate.makeCoarsest());
            }
            while (bytes > rate.maxFrameBytes() && picture.divisor() < ScaledPicture.MAX_DIVISOR) {
                picture = new ScaledPicture(sourceFormat.orElseThrow(), limits, picture.divisor() * 2);
                picture.takePicture(decoder.image());
                bytes = picture.encodeChanges(rate.coarseness());
                rate.recordShrinking(now);
            }
            long inFullSize = picture.estimateInFullSize(bytes);
            picture.confirmChanges();
            rate.recordChanges(bytes, inFullSize, now);
            return bytes;
        }

        private void grow(long now) {
            picture = ScaledPicture.enlarge(picture, sourceFormat.orElseThrow(), limits);
            unpublished = picture.sizeBytes();
            picture.takePicture(decoder.image());
            picture.postponeChanges();
            rate.recordGrowth(now);
        }

        private void publishPicture() {
            Optional<Slot> slot = context.acquireSlot(picture.sizeBytes());
            // Without memory, the next turn tries again.
            if (slot.isPresent()) {
                picture.writePicture(slot.get().buffer());
                rate.recordSent(unpublished);
                unpublished = 0;
                context.publishFrame(slot.get(), picture.format(), true, pictures.capturedNanos());
            }
        }
    }
}
