package org.catseye.capture.v4l2;

import org.catseye.linux.Ioctl;

/** Requests, constants and the offsets that are the same on every machine; from linux/videodev2.h. */
final class V4l2 {

    static final int TYPE_CAPTURE = 1;
    static final int MEMORY_MMAP = 1;

    static final int CAP_VIDEO_CAPTURE = 1;
    static final int CAP_STREAMING = 0x4000000;
    static final int CAP_DEVICE_CAPS = 0x80000000;
    static final int CAP_TIMEPERFRAME = 0x1000;

    static final int MJPG = fourcc('M', 'J', 'P', 'G');
    static final int JPEG = fourcc('J', 'P', 'E', 'G');
    static final int YUYV = fourcc('Y', 'U', 'Y', 'V');
    static final int UYVY = fourcc('U', 'Y', 'V', 'Y');

    static final int DISCRETE = 1;

    static final int BUF_FLAG_ERROR = 0x40;
    static final int BUF_TIMESTAMP_MASK = 0xe000;
    static final int BUF_TIMESTAMP_MONOTONIC = 0x2000;

    static final int EVENT_SOURCE_CHANGE = 5;
    static final int IN_CAP_DV_TIMINGS = 2;
    static final int CTRL_FLAG_DISABLED = 1;

    // struct v4l2_capability
    static final int CAPABILITY = 104;
    static final int CAPABILITY_DRIVER = 0;
    static final int CAPABILITY_CARD = 16;
    static final int CAPABILITY_BUS = 48;
    static final int CAPABILITY_ALL = 84;
    static final int CAPABILITY_DEVICE = 88;
    // struct v4l2_fmtdesc
    static final int FMTDESC = 64;
    static final int FMTDESC_TYPE = 4;
    static final int FMTDESC_FORMAT = 44;
    // struct v4l2_frmsizeenum
    static final int FRMSIZE = 44;
    static final int FRMSIZE_FORMAT = 4;
    static final int FRMSIZE_TYPE = 8;
    static final int FRMSIZE_WIDTH = 12;
    static final int FRMSIZE_HEIGHT = 16;
    static final int FRMSIZE_MAX_WIDTH = 16;
    static final int FRMSIZE_STEP_WIDTH = 20;
    static final int FRMSIZE_MIN_HEIGHT = 24;
    static final int FRMSIZE_MAX_HEIGHT = 28;
    static final int FRMSIZE_STEP_HEIGHT = 32;
    // struct v4l2_frmivalenum
    static final int FRMIVAL = 52;
    static final int FRMIVAL_FORMAT = 4;
    static final int FRMIVAL_WIDTH = 8;
    static final int FRMIVAL_HEIGHT = 12;
    static final int FRMIVAL_TYPE = 16;
    static final int FRMIVAL_NUMERATOR = 20;
    static final int FRMIVAL_DENOMINATOR = 24;
    // struct v4l2_pix_format, from Layout.pix()
    static final int PIX_WIDTH = 0;
    static final int PIX_HEIGHT = 4;
    static final int PIX_FORMAT = 8;
    static final int PIX_BYTES_PER_LINE = 16;
    static final int PIX_SIZE = 20;
    // struct v4l2_streamparm
    static final int STREAMPARM = 204;
    static final int STREAMPARM_CAPABILITY = 4;
    static final int STREAMPARM_NUMERATOR = 12;
    static final int STREAMPARM_DENOMINATOR = 16;
    // struct v4l2_requestbuffers
    static final int REQUESTBUFFERS = 20;
    // struct v4l2_buffer: what does not move
    static final int BUFFER_TYPE = 4;
    static final int BUFFER_BYTES_USED = 8;
    static final int BUFFER_FLAGS = 12;
    // struct v4l2_queryctrl, v4l2_control
    static final int QUERYCTRL = 68;
    static final int QUERYCTRL_MINIMUM = 40;
    static final int QUERYCTRL_MAXIMUM = 44;
    static final int QUERYCTRL_FLAGS = 56;
    static final int CONTROL = 8;
    static final int CONTROL_VALUE = 4;
    // struct v4l2_input
    static final int INPUT = 80;
    static final int INPUT_CAPABILITIES = 60;
    // struct v4l2_event, v4l2_event_subscription
    static final int EVENT_CHANGES = 8;
    static final int EVENT_SUBSCRIPTION = 32;
    // struct v4l2_dv_timings (packed)
    static final int DV_TIMINGS = 132;
    static final int DV_WIDTH = 4;
    static final int DV_HEIGHT = 8;
    static final int DV_INTERLACED = 12;
    static final int DV_PIXEL_CLOCK = 20;
    static final int DV_BLANKING = 28;
    // struct v4l2_edid
    static final int EDID_BLOCKS = 8;
    static final int EDID_POINTER = 32;

    static final Ioctl QUERYCAP = Ioctl.read("VIDIOC_QUERYCAP", 'V', 0, CAPABILITY);
    static final Ioctl ENUM_FMT = Ioctl.readWrite("VIDIOC_ENUM_FMT", 'V', 2, FMTDESC);
    static final Ioctl REQBUFS = Ioctl.readWrite("VIDIOC_REQBUFS", 'V', 8, REQUESTBUFFERS);
    static final Ioctl STREAMON = Ioctl.write("VIDIOC_STREAMON", 'V', 18, 4);
    static final Ioctl STREAMOFF = Ioctl.write("VIDIOC_STREAMOFF", 'V', 19, 4);
    static final Ioctl G_PARM = Ioctl.readWrite("VIDIOC_G_PARM", 'V', 21, STREAMPARM);
    static final Ioctl S_PARM = Ioctl.readWrite("VIDIOC_S_PARM", 'V', 22, STREAMPARM);
    static final Ioctl ENUMINPUT = Ioctl.readWrite("VIDIOC_ENUMINPUT", 'V', 26, INPUT);
    static final Ioctl S_CTRL = Ioctl.readWrite("VIDIOC_S_CTRL", 'V', 28, CONTROL);
    static final Ioctl QUERYCTRL_REQUEST = Ioctl.readWrite("VIDIOC_QUERYCTRL", 'V', 36, QUERYCTRL);
    static final Ioctl G_INPUT = Ioctl.read("VIDIOC_G_INPUT", 'V', 38, 4);
    static final Ioctl ENUM_FRAMESIZES = Ioctl.readWrite("VIDIOC_ENUM_FRAMESIZES", 'V', 74, FRMSIZE);
    static final Ioctl ENUM_FRAMEINTERVALS = Ioctl.readWrite("VIDIOC_ENUM_FRAMEINTERVALS", 'V', 75, FRMIVAL);
    static final Ioctl SUBSCRIBE_EVENT = Ioctl.write("VIDIOC_SUBSCRIBE_EVENT", 'V', 90, EVENT_SUBSCRIPTION);
    static final Ioctl S_DV_TIMINGS = Ioctl.readWrite("VIDIOC_S_DV_TIMINGS", 'V', 87, DV_TIMINGS);
    static final Ioctl QUERY_DV_TIMINGS = Ioctl.read("VIDIOC_QUERY_DV_TIMINGS", 'V', 99, DV_TIMINGS);

    static Ioctl setFormat(Layout layout) {
        return Ioctl.readWrite("VIDIOC_S_FMT", 'V', 5, layout.format());
    }

    static Ioctl queryBuffer(Layout layout) {
        return Ioctl.readWrite("VIDIOC_QUERYBUF", 'V', 9, layout.buffer());
    }

    static Ioctl queue(Layout layout) {
        return Ioctl.readWrite("VIDIOC_QBUF", 'V', 15, layout.buffer());
    }

    static Ioctl dequeue(Layout layout) {
        return Ioctl.readWrite("VIDIOC_DQBUF", 'V', 17, layout.buffer());
    }

    static Ioctl dequeueEvent(Layout layout) {
        return Ioctl.read("VIDIOC_DQEVENT", 'V', 89, layout.event());
    }

    static Ioctl getEdid(Layout layout) {
        return Ioctl.readWrite("VIDIOC_G_EDID", 'V', 40, layout.edid());
    }

    static Ioctl setEdid(Layout layout) {
        return Ioctl.readWrite("VIDIOC_S_EDID", 'V', 41, layout.edid());
    }

    /** Whether frames of this format are JPEGs as they come. */
    static boolean isJpeg(int fourcc) {
        return fourcc == MJPG || fourcc == JPEG;
    }

    /** Whether frames of this format can be passed on or encoded. */
    static boolean canBeShown(int fourcc) {
        return isJpeg(fourcc) || fourcc == YUYV || fourcc == UYVY;
    }

    /** The four letters of a pixel format. */
    static String name(int fourcc) {
        StringBuilder name = new StringBuilder(4);
        for (int shift = 0; shift < 32; shift += 8) {
            int letter = fourcc >> shift & 0x7f;
            name.append(letter < ' ' ? '?' : (char) letter);
        }
        return name.toString().trim();
    }

    private static int fourcc(char a, char b, char c, char d) {
        return a | b << 8 | c << 16 | d << 24;
    }

    private V4l2() {
    }
}
