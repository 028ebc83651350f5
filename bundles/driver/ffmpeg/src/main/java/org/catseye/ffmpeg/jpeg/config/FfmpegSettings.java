package org.catseye.ffmpeg.jpeg.config;

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
 * @param framesPerSecond upper limit, from 1
 * @param quality ffmpeg's -q:v; smaller is better
 */
public record FfmpegSettings(String program, int framesPerSecond, int quality) {

    /** @throws BadValueException with PID, key, value and a description of valid values */
    public static FfmpegSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(FfmpegConfig.PID, properties);
        String program = options.readText("program", "");
        return new FfmpegSettings(program.isEmpty() ? FfmpegConfig.DEFAULT_PROGRAM : program,
            options.readNumber("framesPerSecond", FfmpegConfig.DEFAULT_FRAMES_PER_SECOND, 1, FfmpegConfig.MAX_FRAMES_PER_SECOND),
            options.readNumber("quality", FfmpegConfig.DEFAULT_QUALITY, FfmpegConfig.MIN_QUALITY, FfmpegConfig.MAX_QUALITY));
    }

    /** The path of the executable; empty if it is not installed. */
    public Optional<Path> findProgram() {
        return FfmpegProgram.find(program);
    }
}
