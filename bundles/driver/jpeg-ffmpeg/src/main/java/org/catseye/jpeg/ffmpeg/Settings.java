package org.catseye.jpeg.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says, checked.
 *
 * @param program ffmpeg's name or path
 * @param framesPerSecond at most
 * @param quality 2 to 31, as ffmpeg has it
 */
record Settings(String program, int framesPerSecond, int quality) {

    /** @throws IOException naming configuration, key and value, and what would be right */
    static Settings of(Map<String, ?> properties) throws IOException {
        Object program = properties.get("program");
        String name = program == null || program.toString().isBlank() ? FfmpegConfig.PROGRAM : program.toString().trim();
        return new Settings(name, number(properties, "framesPerSecond", FfmpegConfig.FRAMES_PER_SECOND, 1, 60),
            number(properties, "quality", FfmpegConfig.QUALITY, 2, 31));
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

    private static int number(Map<String, ?> properties, String key, int otherwise, int min, int max) throws IOException {
        Object value = properties.get(key);
        if (value == null || value.toString().isBlank()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.toString().trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(key, value, min, max);
        }
        throw bad(key, value, min, max);
    }

    private static IOException bad(String key, Object value, int min, int max) {
        return new IOException("configuration " + FfmpegConfig.PID + ": " + key + " = " + value + ": must be " + min + " to " + max);
    }
}
