package org.catseye.qemu.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.jpeg.PictureMemory;
import org.catseye.qemu.machine.MachinePower;
import org.catseye.qemu.machine.RunState;
import org.catseye.qemu.qmp.QmpClient;
import org.catseye.qemu.qmp.QmpError;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets QEMU write screenshots to a file while somebody watches: two a second while the picture changes, one otherwise. QEMU 7.2 sends no
 * picture over QMP itself. The hub uses it only if the target has no better device, because of its ranking.
 */
public final class ScreenshotCapture implements CaptureDevice {

    private static final Logger LOG = LoggerFactory.getLogger(ScreenshotCapture.class);

    /** Below that of all other devices. */
    public static final int RANKING = -1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final long CHANGING_MILLIS = 500;
    private static final long STILL_MILLIS = 1_000;

    private final QmpClient client;
    private final MachinePower power;
    private final Path file;

    /** @param file where QEMU may write and Catseye may read */
    public ScreenshotCapture(QmpClient client, MachinePower power, Path file) {
        this.client = client;
        this.power = power;
        this.file = file;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        Semaphore wake = new Semaphore(0);
        context.setWakeAction(wake::release);
        Optional<Screenshot.Identity> last = Optional.empty();
        while (!context.isStopped()) {
            if (context.viewerCount() == 0) {
                last = Optional.empty(); // The next viewer gets a new picture.
                wake.acquire();
                continue;
            }
            Optional<Screenshot.Identity> shown = showScreenshot(context, last);
            boolean changed = shown.isPresent() && !shown.equals(last);
            last = shown;
            wake.drainPermits();
            wake.tryAcquire(changed ? CHANGING_MILLIS : STILL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Holds memory for a picture only while it works. @return the picture that viewers have now; empty if they have none */
    private Optional<Screenshot.Identity> showScreenshot(CaptureContext context, Optional<Screenshot.Identity> last) throws InterruptedException {
        try (PictureMemory memory = new PictureMemory()) {
            Optional<Screenshot> taken = takeScreenshot(context, memory);
            Optional<Screenshot.Identity> next = taken.map(Screenshot::identity);
            return next.isEmpty() || next.equals(last) || publishPicture(context, taken.get()) ? next : Optional.empty();
        }
    }

    /** @return empty if there is none, which is reported */
    private Optional<Screenshot> takeScreenshot(CaptureContext context, PictureMemory memory) throws InterruptedException {
        Optional<String> problem = client.currentProblem();
        if (problem.isPresent()) {
            context.reportSignal(Signal.NO_DEVICE, problem.get());
            return Optional.empty();
        }
        try {
            RunState state = power.readRunState(TIMEOUT);
            if (state == RunState.OFF) {
                context.reportSignal(Signal.NO_SIGNAL, "The virtual machine is switched off.");
                return Optional.empty();
            }
            client.execute("screendump", Map.of("filename", file.toString()), TIMEOUT);
            return Optional.of(readFile(memory));
        } catch (QmpError e) {
            context.reportSignal(Signal.NO_SIGNAL, "QEMU makes no screenshot: " + e.description());
        } catch (IOException e) {
            context.reportSignal(Signal.NO_SIGNAL, e.getMessage());
        }
        return Optional.empty();
    }

    private Screenshot readFile(PictureMemory memory) throws IOException, InterruptedException {
        try {
            return Screenshot.readFile(file, memory);
        } catch (Screenshot.ShortageException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("Catseye cannot read the screenshot that QEMU has written to " + file
                    + ". Set pictureFolder to a folder that both can use, or picture to false.", e);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.trace("QEMU writes over it", e);
            }
        }
    }

    /** @return false if there was no memory for it */
    private static boolean publishPicture(CaptureContext context, Screenshot picture) {
        long captured = System.nanoTime();
        JpegEncoder jpeg = picture.encodeJpeg();
        Optional<Slot> slot = context.acquireSlot(jpeg.sizeBytes());
        slot.ifPresent(free -> {
            jpeg.writePicture(free.buffer());
            context.publishFrame(free, new VideoFormat(Codec.JPEG, picture.width(), picture.height()), true, captured);
        });
        return slot.isPresent();
    }
}
