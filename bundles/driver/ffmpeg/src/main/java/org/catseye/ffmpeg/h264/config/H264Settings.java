package org.catseye.ffmpeg.h264.config;

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
 */
public record H264Settings(String program, String encoder) {

    /** @throws BadValueException with PID, key, value and a description of valid values */
    public static H264Settings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(H264Config.PID, properties);
        String program = options.readText("program", "");
        return new H264Settings(program.isEmpty() ? FfmpegProgram.DEFAULT : program,
            options.readMatchingText("encoder", H264Config.LIBX264, H264Config.LIBX264 + "|" + H264Config.V4L2,
                H264Config.LIBX264 + " or " + H264Config.V4L2));
    }

    /** The path of the executable; empty if it is not installed. */
    public Optional<Path> findProgram() {
        return FfmpegProgram.find(program);
    }
}
