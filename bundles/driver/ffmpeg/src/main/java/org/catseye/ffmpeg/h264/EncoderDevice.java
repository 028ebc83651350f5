package org.catseye.ffmpeg.h264;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.ffmpeg.h264.config.H264Settings;
import org.catseye.ffmpeg.process.FfmpegProcess;
import org.catseye.ffmpeg.process.PipeRun;
import org.catseye.jpeg.source.FittedSize;
import org.catseye.jpeg.source.SourcePictures;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.EncoderSettings;
import org.catseye.video.spi.Signal;

/** Encodes a hub's JPEGs with one ffmpeg process at a time. A new picture size requires a new process. */
final class EncoderDevice implements CaptureDevice {

    /** The viewers of this rendition get the source's JPEGs after this time, until the encoder goes on. */
    private static final long STALE_MILLIS = 700;
    private static final long KILL_MILLIS = 4_000;

    private final VideoHub source;
    private final EncoderSettings limits;
    private final SettingsSource settingsSource;

    /** Supplies the settings at each start. */
    interface SettingsSource {
        /** @throws IOException with a message for the user, if the configuration is invalid */
        H264Settings loadSettings() throws IOException;
    }

    EncoderDevice(VideoHub source, EncoderSettings limits, SettingsSource settingsSource) {
        this.source = source;
        this.limits = limits;
        this.settingsSource = settingsSource;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        H264Settings settings = settingsSource.loadSettings();
        Optional<Path> program = settings.findProgram();
        if (program.isEmpty()) {
            String reason = "A smaller picture needs the program ffmpeg, which is not installed (" + settings.program()
                + "). Install it on the machine that runs Catseye: apt-get install ffmpeg";
            context.reportSignal(Signal.NO_DEVICE, reason);
            throw new IOException(reason);
        }
        Optional<String> problem = settings.findDeviceProblem();
        if (problem.isPresent()) {
            context.reportSignal(Signal.NO_DEVICE, problem.get());
            throw new IOException(problem.get());
        }
        try (SourcePictures pictures = new SourcePictures(source)) {
            while (!context.isStopped() && pictures.awaitPicture(context)) {
                // After another size: until the new encoder delivers, viewers get the source's pictures.
                context.reportSignal(Signal.STALE, "The encoder starts anew, because the picture has another size.");
                encodeOneSize(context, program.get(), settings, pictures);
            }
        }
    }

    private void encodeOneSize(CaptureContext context, Path program, H264Settings settings, SourcePictures pictures) throws IOException, InterruptedException {
        VideoFormat input = pictures.format();
        VideoFormat output = FittedSize.fitWidth(input, limits.width(), Codec.H264);
        try (FfmpegProcess ffmpeg = new FfmpegProcess(program, EncoderOptions.build(settings, limits, output))) {
            PipeRun run = new PipeRun(ffmpeg, context, STALE_MILLIS, KILL_MILLIS, true);
            PictureWriter writer = new PictureWriter(pictures, limits, context, run);
            AccessUnitReader reader = new AccessUnitReader(output, context, writer);
            run.run("ffmpeg-h264", writer, reader);
            if (!context.isStopped() && !writer.hasSizeChanged()) {
                throw new IOException("The H.264 encoder ended and is being restarted. " + ffmpeg.awaitLastError());
            }
        }
    }
}
