package org.catseye.ffmpeg.jpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.ffmpeg.jpeg.config.FfmpegSettings;
import org.catseye.ffmpeg.process.FfmpegProcess;
import org.catseye.ffmpeg.process.MultipartReader;
import org.catseye.ffmpeg.process.PipeRun;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;

/**
 * Decodes a hub's H.264 to JPEGs with one ffmpeg process at a time. A new picture size requires a new process; after a failure the hub
 * starts the device again.
 */
final class FfmpegTranscoder implements CaptureDevice {

    private static final int CHUNK_BYTES = 64 * 1024;
    /** Longer than the time from one key frame to the next: until the first one, there is no JPEG. */
    private static final long OUTPUT_TIMEOUT_MILLIS = 10_000;

    private final VideoHub source;
    private final SettingsSource settingsSource;

    /** Supplies the settings at each start. */
    interface SettingsSource {
        /** @throws IOException with a message for the user, if the configuration is invalid */
        FfmpegSettings loadSettings() throws IOException;
    }

    FfmpegTranscoder(VideoHub source, SettingsSource settingsSource) {
        this.source = source;
        this.settingsSource = settingsSource;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        FfmpegSettings settings = settingsSource.loadSettings();
        Optional<Path> program = settings.findProgram();
        if (program.isEmpty()) {
            String reason = "The picture is encoded as H.264, and the program that converts it to JPEG is not installed ("
                + settings.program() + "). Install it on the machine that runs Catseye: apt-get install ffmpeg";
            context.reportSignal(Signal.NO_DEVICE, reason);
            throw new IOException(reason);
        }
        while (!context.isStopped()) {
            transcodeOneFormat(context, program.get(), settings);
        }
    }

    private void transcodeOneFormat(CaptureContext context, Path program, FfmpegSettings settings)
            throws IOException, InterruptedException {
        try (FfmpegProcess ffmpeg = new FfmpegProcess(program, DecoderOptions.build(settings))) {
            PipeRun run = new PipeRun(ffmpeg, context, OUTPUT_TIMEOUT_MILLIS, OUTPUT_TIMEOUT_MILLIS, false);
            AccessUnitWriter writer = new AccessUnitWriter(source, context, run);
            run.run("ffmpeg-jpeg", writer, in -> publishJpegs(context, in, writer, run));
            if (!context.isStopped() && !writer.hasFormatChanged()) {
                throw new IOException("The JPEG decoder ended and is being restarted. " + ffmpeg.awaitLastError());
            }
        }
    }

    /** Returns when the process has ended. */
    private static void publishJpegs(CaptureContext context, InputStream in, AccessUnitWriter writer, PipeRun run) throws IOException {
        MultipartReader parts = new MultipartReader(in);
        byte[] chunk = new byte[CHUNK_BYTES];
        VideoFormat format = null;
        long capturedNanos = Long.MIN_VALUE;
        for (int bytes = parts.readPartHeader(); bytes > 0; bytes = parts.readPartHeader()) {
            Optional<Slot> acquired = context.acquireSlot(bytes);
            if (acquired.isEmpty()) {
                parts.skipBody(bytes, chunk);
                continue;
            }
            try (Slot slot = acquired.get()) {
                parts.readBody(bytes, slot.buffer(), chunk);
                format = JpegHeader.parseFormat(slot.buffer(), bytes, format).orElse(null);
                if (format == null) {
                    throw new IOException("The JPEG decoder produced something that is not a JPEG.");
                }
                capturedNanos = Math.max(capturedNanos, writer.writtenCaptureNanos());
                run.recordOutput(false);
                context.publishFrame(slot, format, true, capturedNanos);
            }
        }
    }
}
