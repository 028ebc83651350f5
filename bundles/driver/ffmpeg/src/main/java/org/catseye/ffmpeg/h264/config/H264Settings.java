package org.catseye.ffmpeg.h264.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.ffmpeg.process.FfmpegProgram;
import org.catseye.options.Options;

/**
 * A validated configuration.
 *
 * @param program ffmpeg's name or path
 * @param encoder the name of an encoder of ffmpeg
 * @param renderDevice the device file of the graphics card, for {@link H264Config#VAAPI}
 */
public record H264Settings(String program, String encoder, String renderDevice) {

    /** @throws BadValueException with PID, key, value and a description of valid values */
    public static H264Settings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(H264Config.PID, properties);
        String program = options.readText("program", "");
        return new H264Settings(program.isEmpty() ? FfmpegProgram.DEFAULT : program,
            options.readMatchingText("encoder", H264Config.LIBX264, String.join("|", H264Config.LIBX264, H264Config.V4L2, H264Config.VAAPI),
                H264Config.LIBX264 + ", " + H264Config.V4L2 + " or " + H264Config.VAAPI),
            options.readMatchingText("renderDevice", H264Config.RENDER_DEVICE, "/dev/[A-Za-z0-9/_-]+", "a device file, such as " + H264Config.RENDER_DEVICE));
    }

    /** The path of the executable; empty if it is not installed. */
    public Optional<Path> findProgram() {
        return FfmpegProgram.find(program);
    }

    /** Why the encoder cannot open its device; empty if it needs none or may open it. */
    public Optional<String> findDeviceProblem() {
        Path device = Path.of(renderDevice);
        if (!encoder.equals(H264Config.VAAPI) || Files.isReadable(device) && Files.isWritable(device)) {
            return Optional.empty();
        }
        return Optional.of(Files.exists(device)
            ? "Catseye may not use the graphics card " + renderDevice + ". Add the group render to its service; see docs/install.md, Slow lines."
            : "There is no graphics card " + renderDevice + ". Correct renderDevice of " + H264Config.PID + ", or choose another encoder.");
    }
}
