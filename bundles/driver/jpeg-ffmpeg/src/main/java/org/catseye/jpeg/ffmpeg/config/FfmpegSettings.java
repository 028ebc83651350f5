package org.catseye.jpeg.ffmpeg.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * A validated configuration.
 *
 * @param program ffmpeg's name or path
 * @param framesPerSecond upper limit, from 1
 * @param quality ffmpeg's -q:v; smaller is better
 */
public record FfmpegSettings(String program, int framesPerSecond, int quality) {

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

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
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse(DEFAULT_PATH);
        return Arrays.stream(path.split(":")).filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable).findFirst();
    }
}
