package org.catseye.ffmpeg.h264.config;

import org.catseye.ffmpeg.process.FfmpegProgram;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of the H.264 encoder; PID {@value #PID}. */
@ObjectClassDefinition(name = "Catseye: H.264 for slow lines",
    description = "The qualities Balanced and Slow line of the page. The program ffmpeg encodes the picture for them, only while they are in use.")
public @interface H264Config {

    /** The configuration PID. */
    String PID = "org.catseye.ffmpeg.h264";

    String LIBX264 = "libx264";
    String V4L2 = "h264_v4l2m2m";
    String VAAPI = "h264_vaapi";
    String RENDER_DEVICE = "/dev/dri/renderD128";

    @AttributeDefinition(name = "Program", description = "Name or path of ffmpeg, such as /opt/ffmpeg/bin/ffmpeg.")
    String program() default FfmpegProgram.DEFAULT;

    @AttributeDefinition(name = "Encoder", description = "The encoder of ffmpeg: libx264 uses the processor; h264_v4l2m2m uses the encoder "
        + "of boards that have one, such as the Raspberry Pi 4; h264_vaapi uses that of a graphics card.",
        options = {@Option(value = LIBX264), @Option(value = V4L2), @Option(value = VAAPI)})
    String encoder() default LIBX264;

    @AttributeDefinition(name = "Graphics card", description = "The device file of the graphics card that encodes. Used only by h264_vaapi.")
    String renderDevice() default RENDER_DEVICE;
}
