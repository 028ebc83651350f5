package org.catseye.jpeg.ffmpeg;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the JPEG rendition; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: JPEG from H.264",
    description = "For snapshots and for viewers who cannot show H.264: pictures are decoded and sent as JPEGs, by the program ffmpeg,"
        + " while somebody watches in this way.")
@interface FfmpegConfig {

    /** The configuration PID. */
    String PID = "org.catseye.jpeg.ffmpeg";

    String PROGRAM = "ffmpeg";
    int FRAMES_PER_SECOND = 15;
    int QUALITY = 4;

    @AttributeDefinition(name = "Program", description = "ffmpeg's name, or where it is, such as /opt/ffmpeg/bin/ffmpeg.")
    String program() default PROGRAM;

    @AttributeDefinition(name = "Frames per second", description = "At most this many JPEGs, 1 to 60. Each costs processor time.")
    int framesPerSecond() default FRAMES_PER_SECOND;

    @AttributeDefinition(name = "Quality", description = "2 is best and largest, 31 worst and smallest.")
    int quality() default QUALITY;
}
