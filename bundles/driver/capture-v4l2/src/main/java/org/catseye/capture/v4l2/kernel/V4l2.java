package org.catseye.capture.v4l2.kernel;

import org.catseye.linux.Ioctl;

/** Requests, constants and the offsets that are the same on every machine (linux/videodev2.h). Sizes and offsets are bytes. */
public final class V4l2 {

    public static final int TYPE_CAPTURE = 1;
    public static final int MEMORY_MMAP = 1;

    public static final int CAP_VIDEO_CAPTURE = 1;
    public static final int CAP_STREAMING = 0x4000000;
    public static final int CAP_DEVICE_CAPS = 0x80000000;
    public static final int CAP_TIMEPERFRAME = 0x1000;

    public static final int MJPG = packLetters('M', 'J', 'P', 'G');
    public static final int JPEG = packLetters('J', 'P', 'E', 'G');
    public static final int YUYV = packLetters('Y', 'U', 'Y', 'V');
    public static final int UYVY = packLetters('U', 'Y', 'V', 'Y');

    public static final int DISCRETE = 1;

    public static final int BUF_FLAG_ERROR = 0x40;
    public static final int BUF_TIMESTAMP_MASK = 0xe000;
    public static final int BUF_TIMESTAMP_MONOTONIC = 0x2000;

    public static final int EVENT_SOURCE_CHANGE = 5;
    public static final int CHANGED_RESOLUTION = 1;
    public static final int IN_CAP_DV_TIMINGS = 2;
    public static final int CTRL_FLAG_DISABLED = 1;
    public static final int CTRL_FLAG_GRABBED = 2;
    public static final int CTRL_FLAG_READ_ONLY = 4;
    public static final int CTRL_FLAG_INACTIVE = 0x10;

    // struct v4l2_capability
    public static final int CAPABILITY = 104;
    public static final int CAPABILITY_DRIVER = 0;
    public static final int CAPABILITY_CARD = 16;
    public static final int CAPABILITY_BUS = 48;
    public static final int CAPABILITY_ALL = 84;
    public static final int CAPABILITY_DEVICE = 88;
    // struct v4l2_fmtdesc
    public static final int FMTDESC = 64;
    public static final int FMTDESC_TYPE = 4;
    public static final int FMTDESC_FORMAT = 44;
    // struct v4l2_frmsizeenum
    public static final int FRMSIZE = 44;
    public static final int FRMSIZE_FORMAT = 4;
    public static final int FRMSIZE_TYPE = 8;
    public static final int FRMSIZE_WIDTH = 12;
    public static final int FRMSIZE_HEIGHT = 16;
    public static final int FRMSIZE_MAX_WIDTH = 16;
    public static final int FRMSIZE_STEP_WIDTH = 20;
    public static final int FRMSIZE_MIN_HEIGHT = 24;
    public static final int FRMSIZE_MAX_HEIGHT = 28;
    public static final int FRMSIZE_STEP_HEIGHT = 32;
    // struct v4l2_frmivalenum
    public static final int FRMIVAL = 52;
    public static final int FRMIVAL_FORMAT = 4;
    public static final int FRMIVAL_WIDTH = 8;
    public static final int FRMIVAL_HEIGHT = 12;
    public static final int FRMIVAL_TYPE = 16;
    public static final int FRMIVAL_NUMERATOR = 20;
    public static final int FRMIVAL_DENOMINATOR = 24;
    // struct v4l2_pix_format, counted from StructLayout.pixelFormatOffset()
    public static final int PIX_WIDTH = 0;
    public static final int PIX_HEIGHT = 4;
    public static final int PIX_FORMAT = 8;
    public static final int PIX_BYTES_PER_LINE = 16;
    public static final int PIX_SIZE = 20;
    // struct v4l2_streamparm
    public static final int STREAMPARM = 204;
    public static final int STREAMPARM_CAPABILITY = 4;
    public static final int STREAMPARM_NUMERATOR = 12;
    public static final int STREAMPARM_DENOMINATOR = 16;
    // struct v4l2_requestbuffers
    public static final int REQUESTBUFFERS = 20;
    public static final int REQUESTBUFFERS_TYPE = 4;
    public static final int REQUESTBUFFERS_MEMORY = 8;
    // struct v4l2_buffer: the offsets that are the same in every layout
    public static final int BUFFER_TYPE = 4;
    public static final int BUFFER_BYTES_USED = 8;
    public static final int BUFFER_FLAGS = 12;
    // struct v4l2_queryctrl, v4l2_control
    public static final int QUERYCTRL = 68;
    public static final int QUERYCTRL_MINIMUM = 40;
    public static final int QUERYCTRL_MAXIMUM = 44;
    public static final int QUERYCTRL_STEP = 48;
    public static final int QUERYCTRL_DEFAULT = 52;
    public static final int QUERYCTRL_FLAGS = 56;
    public static final int CONTROL = 8;
    public static final int CONTROL_VALUE = 4;
    // struct v4l2_input
    public static final int INPUT = 80;
    public static final int INPUT_CAPABILITIES = 60;
    // struct v4l2_event, v4l2_event_subscription
    public static final int EVENT_CHANGES = 8;
    public static final int EVENT_SUBSCRIPTION = 32;
    // struct v4l2_dv_timings (packed)
    public static final int DV_TIMINGS = 132;
    public static final int DV_WIDTH = 4;
    public static final int DV_HEIGHT = 8;
    public static final int DV_INTERLACED = 12;
    public static final int DV_PIXEL_CLOCK = 20;
    public static final int DV_BLANKING = 28;
    // struct v4l2_edid
    public static final int EDID_BLOCKS = 8;
    public static final int EDID_POINTER = 32;

    public static final Ioctl QUERYCAP = Ioctl.read("VIDIOC_QUERYCAP", 'V', 0, CAPABILITY);
    public static final Ioctl ENUM_FMT = Ioctl.readWrite("VIDIOC_ENUM_FMT", 'V', 2, FMTDESC);
    public static final Ioctl REQBUFS = Ioctl.readWrite("VIDIOC_REQBUFS", 'V', 8, REQUESTBUFFERS);
    public static final Ioctl STREAMON = Ioctl.write("VIDIOC_STREAMON", 'V', 18, 4);
    public static final Ioctl STREAMOFF = Ioctl.write("VIDIOC_STREAMOFF", 'V', 19, 4);
    public static final Ioctl G_PARM = Ioctl.readWrite("VIDIOC_G_PARM", 'V', 21, STREAMPARM);
    public static final Ioctl S_PARM = Ioctl.readWrite("VIDIOC_S_PARM", 'V', 22, STREAMPARM);
    public static final Ioctl ENUMINPUT = Ioctl.readWrite("VIDIOC_ENUMINPUT", 'V', 26, INPUT);
    public static final Ioctl G_CTRL = Ioctl.readWrite("VIDIOC_G_CTRL", 'V', 27, CONTROL);
    public static final Ioctl S_CTRL = Ioctl.readWrite("VIDIOC_S_CTRL", 'V', 28, CONTROL);
    public static final Ioctl QUERYCTRL_REQUEST = Ioctl.readWrite("VIDIOC_QUERYCTRL", 'V', 36, QUERYCTRL);
    public static final Ioctl G_INPUT = Ioctl.read("VIDIOC_G_INPUT", 'V', 38, 4);
    public static final Ioctl ENUM_FRAMESIZES = Ioctl.readWrite("VIDIOC_ENUM_FRAMESIZES", 'V', 74, FRMSIZE);
    public static final Ioctl ENUM_FRAMEINTERVALS = Ioctl.readWrite("VIDIOC_ENUM_FRAMEINTERVALS", 'V', 75, FRMIVAL);
    public static final Ioctl SUBSCRIBE_EVENT = Ioctl.write("VIDIOC_SUBSCRIBE_EVENT", 'V', 90, EVENT_SUBSCRIPTION);
    public static final Ioctl S_DV_TIMINGS = Ioctl.readWrite("VIDIOC_S_DV_TIMINGS", 'V', 87, DV_TIMINGS);
    public static final Ioctl QUERY_DV_TIMINGS = Ioctl.read("VIDIOC_QUERY_DV_TIMINGS", 'V', 99, DV_TIMINGS);

    public static Ioctl setFormatRequest(StructLayout layout) {
        return Ioctl.readWrite("VIDIOC_S_FMT", 'V', 5, layout.formatBytes());
    }

    public static Ioctl queryBufferRequest(StructLayout layout) {
        return Ioctl.readWrite("VIDIOC_QUERYBUF", 'V', 9, layout.bufferBytes());
    }

    public static Ioctl queueBufferRequest(StructLayout layout) {
        return Ioctl.readWrite("VIDIOC_QBUF", 'V', 15, layout.bufferBytes());
    }

    public static Ioctl dequeueBufferRequest(StructLayout layout) {
        return Ioctl.readWrite("VIDIOC_DQBUF", 'V', 17, layout.bufferBytes());
    }

    public static Ioctl dequeueEventRequest(StructLayout layout) {
        return Ioctl.read("VIDIOC_DQEVENT", 'V', 89, layout.eventBytes());
    }

    public static Ioctl getEdidRequest(StructLayout layout) {
        return Ioctl.readWrite("VIDIOC_G_EDID", 'V', 40, layout.edidBytes());
    }

    public static Ioctl setEdidRequest(StructLayout layout) {
        return Ioctl.readWrite("VIDIOC_S_EDID", 'V', 41, layout.edidBytes());
    }

    /** Whether the device delivers frames of this format as JPEGs. */
    public static boolean isJpeg(int fourcc) {
        return fourcc == MJPG || fourcc == JPEG;
    }

    /** Whether frames of this format can be passed on as JPEG or encoded to JPEG. */
    public static boolean isDisplayable(int fourcc) {
        return isJpeg(fourcc) || fourcc == YUYV || fourcc == UYVY;
    }

    /** The four letters of a pixel format, such as {@code MJPG}. */
    public static String formatName(int fourcc) {
        StringBuilder name = new StringBuilder(4);
        for (int shift = 0; shift < 32; shift += 8) {
            int letter = fourcc >> shift & 0x7f;
            name.append(letter < ' ' ? '?' : (char) letter);
        }
        return name.toString().trim();
    }

    private static int packLetters(char a, char b, char c, char d) {
        return a | b << 8 | c << 16 | d << 24;
    }

    private V4l2() {
    }
}
