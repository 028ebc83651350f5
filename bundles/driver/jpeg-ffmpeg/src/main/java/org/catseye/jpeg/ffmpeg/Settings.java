package org.catseye.jpeg.ffmpeg;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.device.Options;

/**
 * What the configuration says, checked.
 *
 * @param program ffmpeg's name or path
 * @param framesPerSecond at most
 * @param quality 2 to 31, as ffmpeg has it
 */
record Settings(String program, int framesPerSecond, int quality) {

    /** @throws BadValueException naming configuration, key and value, and what would be right */
    static Settings of(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(FfmpegConfig.PID, properties);
        String program = options.text("program", "");
        return new Settings(program.isEmpty() ? FfmpegConfig.PROGRAM : program,
            options.number("framesPerSecond", FfmpegConfig.FRAMES_PER_SECOND, 1, 60), options.number("quality", FfmpegConfig.QUALITY, 2, 31));
    }

    /** Where the program is; empty if it is not installed. */
    Optional<Path> found() {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        return List.of(path.split(":")).stream().filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable).findFirst();
    }
}
