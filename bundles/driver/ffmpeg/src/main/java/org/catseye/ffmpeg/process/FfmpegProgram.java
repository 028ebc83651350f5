package org.catseye.ffmpeg.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where the program is. */
public final class FfmpegProgram {

    public static final String DEFAULT = "ffmpeg";
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    private FfmpegProgram() {
    }

    /** The path of the executable; empty if it is not installed. @param program a name, or a path with a slash */
    public static Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse(DEFAULT_PATH);
        return Arrays.stream(path.split(":")).filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable).findFirst();
    }
}
