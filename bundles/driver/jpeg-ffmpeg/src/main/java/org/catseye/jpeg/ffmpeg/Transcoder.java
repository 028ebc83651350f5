package org.catseye.jpeg.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;

/**
 * Runs one ffmpeg after the other: another picture size or a failure takes a new one. The hub's thread reads the JPEGs; a feeder
 * writes the access units.
 */
final class Transcoder implements CaptureDevice {

    private final VideoHub source;
    private final SettingsSource settings;

    /** Where settings come from. */
    interface SettingsSource {
        /** @throws IOException what is to be shown to people */
        Settings get() throws IOException;
    }

    Transcoder(VideoHub source, SettingsSource settings) {
        this.source = source;
        this.settings = settings;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        Settings now = settings.get();
        Optional<Path> program = now.found();
        if (program.isEmpty()) {
            String words = "This picture comes as H.264, and the program that makes JPEGs of it is not there (" + now.program()
                + "). Install it on the machine that Catseye runs on: apt-get install ffmpeg";
            context.reportSignal(Signal.NO_DEVICE, words);
            throw new IOException(words);
        }
        while (!context.isStopped()) {
            try (Child child = new Child(program.get(), now); Feeder feeder = new Feeder(source, child, context)) {
                context.setWakeAction(() -> wake(context, child));
                read(context, child, feeder);
                if (!context.isStopped() && !feeder.otherFormat()) {
                    throw new IOException("The decoder for JPEGs ended and is started anew. " + child.lastWords());
                }
            } catch (IOException e) {
                // A child that is ended breaks its pipes wherever it is.
                if (!context.isStopped()) {
                    throw e;
                }
            }
        }
    }

    private static void wake(CaptureContext context, Child child) {
        if (context.isStopped()) {
            child.end();
        }
    }

    /** Until the child ends. */
    private static void read(CaptureContext context, Child child, Feeder feeder) throws IOException {
        MultipartReader parts = new MultipartReader(child.output());
        byte[] rest = new byte[64 * 1024];
        VideoFormat format = null;
        long last = Long.MIN_VALUE;
        for (int bytes = parts.next(); bytes > 0; bytes = parts.next()) {
            Optional<Slot> slot = context.acquireSlot(bytes);
            if (slot.isEmpty()) {
                parts.skip(bytes, rest);
                continue;
            }
            try (Slot it = slot.get()) {
                parts.read(bytes, it.buffer(), rest);
                format = JpegSize.of(it.buffer(), bytes, format).orElse(null);
                if (format == null) {
                    throw new IOException("The decoder for JPEGs wrote something else.");
                }
                last = Math.max(last, feeder.fedNanos());
                feeder.came();
                context.publishFrame(it, format, true, last);
            }
        }
    }

    /** The codec this device makes. */
    static VideoFormat format(int width, int height) {
        return new VideoFormat(Codec.JPEG, width, height);
    }
}
