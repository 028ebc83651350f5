package org.catseye.core.video.memory;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the video hubs; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: video hub",
        description = "Memory for pictures. The defaults suit a Raspberry Pi with one capture device.")
public @interface MemoryConfig {

    /** The configuration PID. */
    String PID = "org.catseye.core.video";

    /** Limits and default of {@link #poolMebibytes()}. */
    int MIN_POOL = 8;
    int MAX_POOL = 1024;
    int DEFAULT_POOL = 48;

    /** Limits and default of {@link #totalMebibytes()}. */
    int MIN_TOTAL = 8;
    int MAX_TOTAL = 4096;
    int DEFAULT_TOTAL = 120;

    /** Limits and default of {@link #largestFrameMebibytes()}. */
    int MIN_FRAME = 1;
    int MAX_FRAME = 64;
    int DEFAULT_FRAME = 8;

    /** Limits and default of {@link #groupMebibytes()}. */
    int MIN_GROUP = 1;
    int MAX_GROUP = 512;
    int DEFAULT_GROUP = 16;

    @AttributeDefinition(name = "Memory for frames (MiB)", min = "" + MIN_POOL, max = "" + MAX_POOL,
            description = "Maximum memory for the frames of one target. A viewer whose connection is stuck holds one frame. "
                    + "When there is no free memory, new frames are dropped.")
    int poolMebibytes() default DEFAULT_POOL;

    @AttributeDefinition(name = "Memory for frames of all targets (MiB)", min = "" + MIN_TOTAL, max = "" + MAX_TOTAL,
            description = "Maximum memory for the frames of all targets together. The start script gives the JVM 160 MiB of such "
                    + "memory (-XX:MaxDirectMemorySize, which JAVA_OPTS can raise); the web server needs some of it.")
    int totalMebibytes() default DEFAULT_TOTAL;

    @AttributeDefinition(name = "Largest frame (MiB)", min = "" + MIN_FRAME, max = "" + MAX_FRAME,
            description = "A larger frame is dropped and counted as lost.")
    int largestFrameMebibytes() default DEFAULT_FRAME;

    @AttributeDefinition(name = "Memory for a group of pictures (MiB)", min = "" + MIN_GROUP, max = "" + MAX_GROUP,
            description = "H.264 only: how much of the current group of pictures is kept for viewers who join late.")
    int groupMebibytes() default DEFAULT_GROUP;
}
