package org.catseye.ffmpeg.jpeg;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.catseye.ffmpeg.jpeg.config.FfmpegSettings;

/** The options with which ffmpeg makes JPEGs of H.264. */
final class DecoderOptions {

    private DecoderOptions() {
    }

    static List<String> build(FfmpegSettings settings) {
        return Stream.concat(inputOptions().stream(), outputOptions(settings).stream()).toList();
    }

    /**
     * Turns off everything that delays a decoder: probing, frame threads, reordering. "-fflags nobuffer" is not used, because it
     * discards the data read for probing, and that is the key frame. Measured: each JPEG is complete before the next frame is written.
     */
    private static List<String> inputOptions() {
        return List.of("-threads", "1", "-flags", "low_delay",
            "-probesize", "32", "-analyzeduration", "1", "-fpsprobesize", "0", "-f", "h264", "-i", "pipe:0");
    }

    /** A raw stream has no timestamps, so a frame's time is when it was decoded. Frames too close to the previous one are dropped. */
    private static List<String> outputOptions(FfmpegSettings settings) {
        String minSeconds = String.format(Locale.ROOT, "%.4f", 1.0 / settings.framesPerSecond() - 0.005);
        String filter = "setpts=(RTCTIME-RTCSTART)/(TB*1000000),select=isnan(prev_selected_t)+gte(t-prev_selected_t\\," + minSeconds + ")";
        return List.of("-an", "-vf", filter, "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-pix_fmt", "yuvj420p",
            "-c:v", "mjpeg", "-q:v", Integer.toString(settings.quality()), "-threads", "1",
            "-flush_packets", "1", "-f", "mpjpeg", "pipe:1");
    }
}
