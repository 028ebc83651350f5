package org.catseye.core.video;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the video hubs; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: video hub",
        description = "Memory for pictures. The defaults suit a Raspberry Pi with one capture device.")
public @interface Config {

    /** The configuration PID. */
    String PID = "org.catseye.core.video";

    @AttributeDefinition(name = "Memory for frames (MiB)", min = "8", max = "1024",
            description = "Most memory that the frames of one target may take. A viewer that is stuck holds one frame; "
                    + "when all are held, new frames are dropped until one is free.")
    int poolMebibytes() default 48;

    @AttributeDefinition(name = "Memory for frames of all targets (MiB)", min = "8", max = "4096",
            description = "Most memory that the frames of all targets together may take. The start script gives the JVM 160 MiB of such "
                    + "memory (-XX:MaxDirectMemorySize, to be raised by JAVA_OPTS), some of which the web server needs.")
    int totalMebibytes() default 120;

    @AttributeDefinition(name = "Largest frame (MiB)", min = "1", max = "64",
            description = "A larger frame is dropped and counted as lost.")
    int largestFrameMebibytes() default 8;

    @AttributeDefinition(name = "Memory for a group of pictures (MiB)", min = "1", max = "512",
            description = "H.264 only: how much of the current group of pictures is kept for viewers who join late.")
    int groupMebibytes() default 16;
}
