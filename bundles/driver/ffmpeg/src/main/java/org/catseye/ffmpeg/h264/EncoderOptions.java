package org.catseye.ffmpeg.h264;

import java.util.ArrayList;
import java.util.List;
import org.catseye.ffmpeg.h264.config.H264Config;
import org.catseye.ffmpeg.h264.config.H264Settings;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.EncoderSettings;

/** The options with which ffmpeg makes H.264 of JPEGs. */
final class EncoderOptions {

    /**
     * A picture whose time stamp is so much later than the last key frame's becomes a key frame. {@link IvfStream} jumps ahead by this much to
     * ask for one. Without a jump it happens once a minute, which does no harm.
     */
    static final int KEY_FRAME_SECONDS = 60;
    /**
     * Quality of libx264 while the bit rate allows it; lower is better. 20 shows text of a console without visible noise. It is also the limit:
     * a still picture that has reached it takes 11 bytes a frame (measured).
     */
    private static final int QUALITY = 20;
    /** Most kilobits of the first picture. It is sent before it is known whether the line takes this quality; it becomes sharp in the next ones. */
    private static final int FIRST_PICTURE_KILOBITS = 180;
    private static final int PARALLEL_FROM_CORES = 4;

    private EncoderOptions() {
    }

    /** @param output the size of the encoded picture */
    static List<String> build(H264Settings settings, EncoderSettings limits, VideoFormat output) {
        String encoder = settings.encoder();
        boolean vaapi = encoder.equals(H264Config.VAAPI);
        List<String> options = new ArrayList<>(vaapi ? List.of("-vaapi_device", settings.renderDevice()) : List.of());
        options.addAll(List.of("-threads", "1", "-flags", "low_delay", "-probesize", "32", "-analyzeduration", "0",
            "-fpsprobesize", "0", "-f", "ivf", "-i", "pipe:0", "-an",
            "-vf", "scale=" + output.width() + ":" + output.height() + ":flags=area:in_range=full:out_range=tv,format=" + (vaapi ? "nv12,hwupload" : "yuv420p"),
            "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-c:v", encoder,
            "-g", Integer.toString(limits.groupFrames()), "-color_range", "tv",
            "-force_key_frames", "expr:if(isnan(prev_forced_t),gte(t," + KEY_FRAME_SECONDS + "),gte(t-prev_forced_t," + KEY_FRAME_SECONDS + "))"));
        options.addAll(encoder.equals(H264Config.LIBX264) ? softwareOptions(limits) : hardwareOptions(limits));
        if (vaapi) {
            // A frame would wait for the next one otherwise.
            options.addAll(List.of("-bf", "0", "-async_depth", "1"));
        }
        // Each part has its length, so an access unit is complete at once. As raw H.264 it would end only where the next one begins.
        options.addAll(List.of("-flush_packets", "1", "-f", "mpjpeg", "pipe:1"));
        return options;
    }

    /** The bit rate is limited over half a second. The limit counts frames, so it needs the frame rate. */
    private static List<String> softwareOptions(EncoderSettings limits) {
        int threads = Runtime.getRuntime().availableProcessors() >= PARALLEL_FROM_CORES ? 2 : 1;
        return List.of("-preset", "ultrafast", "-tune", "zerolatency", "-crf", Integer.toString(QUALITY),
            "-maxrate", limits.kilobitsPerSecond() + "k", "-bufsize", Math.max(1, limits.kilobitsPerSecond() / 2) + "k",
            "-x264-params", "fps=" + limits.framesPerSecond() + ":scenecut=0:vbv-init=" + FIRST_PICTURE_KILOBITS + ":qpmin=" + QUALITY, "-threads", Integer.toString(threads));
    }

    private static List<String> hardwareOptions(EncoderSettings limits) {
        return List.of("-b:v", limits.kilobitsPerSecond() + "k");
    }
}
