package org.catseye.ffmpeg.jpeg.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the JPEG renderer; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: JPEG from H.264",
    description = "Snapshots, and viewers that cannot display H.264, need JPEGs. The program ffmpeg decodes the picture for them,"
        + " only while they are connected.")
public @interface FfmpegConfig {

    /** The configuration PID. */
    String PID = "org.catseye.jpeg.ffmpeg";

    String DEFAULT_PROGRAM = "ffmpeg";

    /** Limit and default of {@link #framesPerSecond()}. */
    int MAX_FRAMES_PER_SECOND = 60;
    int DEFAULT_FRAMES_PER_SECOND = 15;

    /** Limits and default of {@link #quality()}; those of ffmpeg's option -q:v. */
    int MIN_QUALITY = 2;
    int MAX_QUALITY = 31;
    int DEFAULT_QUALITY = 4;

    @AttributeDefinition(name = "Program", description = "Name or path of ffmpeg, such as /opt/ffmpeg/bin/ffmpeg.")
    String program() default DEFAULT_PROGRAM;

    @AttributeDefinition(name = "Frames per second", description = "Upper limit, 1 to "
        + MAX_FRAMES_PER_SECOND + ". Each JPEG costs processor time.")
    int framesPerSecond() default DEFAULT_FRAMES_PER_SECOND;

    @AttributeDefinition(name = "Quality", description = "From " + MIN_QUALITY + " (best, largest JPEGs) to " + MAX_QUALITY
            + " (worst, smallest JPEGs).")
    int quality() default DEFAULT_QUALITY;
}
