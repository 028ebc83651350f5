package org.catseye.capture.v4l2.kernel;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.catseye.linux.Ioctl;
import org.catseye.testkit.linux.KernelValues;
import org.catseye.testkit.linux.KernelValues.Machine;
import org.junit.Test;

/** Compares requests, sizes and offsets with the kernel's own header linux/videodev2.h, as it is for each machine. */
public class KernelValuesTest {

    @Test
    public void layoutOf64BitsIsThatOfTheHeader() throws IOException {
        KernelValues.load(getClass()).assertSame(Machine.AMD64, usedValues(StructLayout.LP64));
        KernelValues.load(getClass()).assertSame(Machine.ARM64, usedValues(StructLayout.LP64));
    }

    @Test
    public void layoutOf32BitArmIsThatOfTheHeader() throws IOException {
        KernelValues.load(getClass()).assertSame(Machine.ARMHF, usedValues(StructLayout.ARM32));
    }

    @Test
    public void layoutOfThisJvmIsThatOfTheHeader() throws IOException {
        KernelValues.load(getClass()).assertSame(Machine.current(), usedValues(StructLayout.currentLayout()));
    }

    private static Map<String, Number> usedValues(StructLayout layout) {
        Map<String, Number> used = new HashMap<>();
        addLayout(used, layout);
        addLists(used);
        addStreaming(used);
        addControlsAndEvents(used);
        addTimings(used);
        for (Ioctl request : new Ioctl[] {V4l2.QUERYCAP, V4l2.ENUM_FMT, V4l2.REQBUFS, V4l2.STREAMON, V4l2.STREAMOFF, V4l2.G_PARM, V4l2.S_PARM, V4l2.ENUMINPUT,
                V4l2.G_CTRL, V4l2.S_CTRL, V4l2.QUERYCTRL_REQUEST, V4l2.G_INPUT, V4l2.ENUM_FRAMESIZES, V4l2.ENUM_FRAMEINTERVALS, V4l2.SUBSCRIBE_EVENT,
                V4l2.S_DV_TIMINGS, V4l2.QUERY_DV_TIMINGS, V4l2.setFormatRequest(layout), V4l2.queryBufferRequest(layout),
                V4l2.queueBufferRequest(layout), V4l2.dequeueBufferRequest(layout), V4l2.dequeueEventRequest(layout), V4l2.getEdidRequest(layout),
                V4l2.setEdidRequest(layout)}) {
            used.put(request.name(), request.number());
        }
        return used;
    }

    private static void addLayout(Map<String, Number> used, StructLayout layout) {
        used.put("sizeof(struct v4l2_format)", layout.formatBytes());
        used.put("offsetof(struct v4l2_format, fmt)", layout.pixelFormatOffset());
        used.put("sizeof(struct v4l2_buffer)", layout.bufferBytes());
        used.put("offsetof(struct v4l2_buffer, timestamp.tv_sec)", layout.secondsOffset());
        used.put("offsetof(struct v4l2_buffer, timestamp.tv_usec)", layout.microsOffset());
        used.put("sizeof(((struct v4l2_buffer *) 0)->timestamp.tv_sec)", layout.hasWideTime() ? Long.BYTES : Integer.BYTES);
        used.put("sizeof(((struct v4l2_buffer *) 0)->timestamp.tv_usec)", layout.hasWideTime() ? Long.BYTES : Integer.BYTES);
        used.put("offsetof(struct v4l2_buffer, sequence)", layout.sequenceOffset());
        used.put("offsetof(struct v4l2_buffer, memory)", layout.memoryOffset());
        used.put("offsetof(struct v4l2_buffer, m.offset)", layout.mapOffset());
        used.put("offsetof(struct v4l2_buffer, length)", layout.lengthOffset());
        used.put("sizeof(struct v4l2_event)", layout.eventBytes());
        used.put("sizeof(struct v4l2_edid)", layout.edidBytes());
    }

    private static void addLists(Map<String, Number> used) {
        used.put("sizeof(struct v4l2_capability)", V4l2.CAPABILITY);
        used.put("offsetof(struct v4l2_capability, driver)", V4l2.CAPABILITY_DRIVER);
        used.put("offsetof(struct v4l2_capability, card)", V4l2.CAPABILITY_CARD);
        used.put("offsetof(struct v4l2_capability, bus_info)", V4l2.CAPABILITY_BUS);
        used.put("offsetof(struct v4l2_capability, capabilities)", V4l2.CAPABILITY_ALL);
        used.put("offsetof(struct v4l2_capability, device_caps)", V4l2.CAPABILITY_DEVICE);
        used.put("sizeof(struct v4l2_fmtdesc)", V4l2.FMTDESC);
        used.put("offsetof(struct v4l2_fmtdesc, type)", V4l2.FMTDESC_TYPE);
        used.put("offsetof(struct v4l2_fmtdesc, pixelformat)", V4l2.FMTDESC_FORMAT);
        used.put("sizeof(struct v4l2_frmsizeenum)", V4l2.FRMSIZE);
        used.put("offsetof(struct v4l2_frmsizeenum, pixel_format)", V4l2.FRMSIZE_FORMAT);
        used.put("offsetof(struct v4l2_frmsizeenum, type)", V4l2.FRMSIZE_TYPE);
        used.put("offsetof(struct v4l2_frmsizeenum, discrete.width)", V4l2.FRMSIZE_WIDTH);
        used.put("offsetof(struct v4l2_frmsizeenum, stepwise.min_width)", V4l2.FRMSIZE_WIDTH);
        used.put("offsetof(struct v4l2_frmsizeenum, discrete.height)", V4l2.FRMSIZE_HEIGHT);
        used.put("offsetof(struct v4l2_frmsizeenum, stepwise.max_width)", V4l2.FRMSIZE_MAX_WIDTH);
        used.put("offsetof(struct v4l2_frmsizeenum, stepwise.step_width)", V4l2.FRMSIZE_STEP_WIDTH);
        used.put("offsetof(struct v4l2_frmsizeenum, stepwise.min_height)", V4l2.FRMSIZE_MIN_HEIGHT);
        used.put("offsetof(struct v4l2_frmsizeenum, stepwise.max_height)", V4l2.FRMSIZE_MAX_HEIGHT);
        used.put("offsetof(struct v4l2_frmsizeenum, stepwise.step_height)", V4l2.FRMSIZE_STEP_HEIGHT);
        used.put("sizeof(struct v4l2_frmivalenum)", V4l2.FRMIVAL);
        used.put("offsetof(struct v4l2_frmivalenum, pixel_format)", V4l2.FRMIVAL_FORMAT);
        used.put("offsetof(struct v4l2_frmivalenum, width)", V4l2.FRMIVAL_WIDTH);
        used.put("offsetof(struct v4l2_frmivalenum, height)", V4l2.FRMIVAL_HEIGHT);
        used.put("offsetof(struct v4l2_frmivalenum, type)", V4l2.FRMIVAL_TYPE);
        used.put("offsetof(struct v4l2_frmivalenum, discrete.numerator)", V4l2.FRMIVAL_NUMERATOR);
        used.put("offsetof(struct v4l2_frmivalenum, stepwise.min.numerator)", V4l2.FRMIVAL_NUMERATOR);
        used.put("offsetof(struct v4l2_frmivalenum, discrete.denominator)", V4l2.FRMIVAL_DENOMINATOR);
        used.put("V4L2_FRMSIZE_TYPE_DISCRETE", V4l2.DISCRETE);
        used.put("V4L2_FRMIVAL_TYPE_DISCRETE", V4l2.DISCRETE);
    }

    private static void addStreaming(Map<String, Number> used) {
        used.put("V4L2_BUF_TYPE_VIDEO_CAPTURE", V4l2.TYPE_CAPTURE);
        used.put("V4L2_MEMORY_MMAP", V4l2.MEMORY_MMAP);
        used.put("V4L2_CAP_VIDEO_CAPTURE", V4l2.CAP_VIDEO_CAPTURE);
        used.put("V4L2_CAP_STREAMING", V4l2.CAP_STREAMING);
        used.put("(int) V4L2_CAP_DEVICE_CAPS", V4l2.CAP_DEVICE_CAPS);
        used.put("V4L2_CAP_TIMEPERFRAME", V4l2.CAP_TIMEPERFRAME);
        used.put("V4L2_PIX_FMT_MJPEG", V4l2.MJPG);
        used.put("V4L2_PIX_FMT_JPEG", V4l2.JPEG);
        used.put("V4L2_PIX_FMT_YUYV", V4l2.YUYV);
        used.put("V4L2_PIX_FMT_UYVY", V4l2.UYVY);
        used.put("offsetof(struct v4l2_pix_format, width)", V4l2.PIX_WIDTH);
        used.put("offsetof(struct v4l2_pix_format, height)", V4l2.PIX_HEIGHT);
        used.put("offsetof(struct v4l2_pix_format, pixelformat)", V4l2.PIX_FORMAT);
        used.put("offsetof(struct v4l2_pix_format, bytesperline)", V4l2.PIX_BYTES_PER_LINE);
        used.put("offsetof(struct v4l2_pix_format, sizeimage)", V4l2.PIX_SIZE);
        used.put("sizeof(struct v4l2_streamparm)", V4l2.STREAMPARM);
        used.put("offsetof(struct v4l2_streamparm, parm.capture.capability)", V4l2.STREAMPARM_CAPABILITY);
        used.put("offsetof(struct v4l2_streamparm, parm.capture.timeperframe.numerator)", V4l2.STREAMPARM_NUMERATOR);
        used.put("offsetof(struct v4l2_streamparm, parm.capture.timeperframe.denominator)", V4l2.STREAMPARM_DENOMINATOR);
        used.put("sizeof(struct v4l2_requestbuffers)", V4l2.REQUESTBUFFERS);
        used.put("offsetof(struct v4l2_requestbuffers, type)", V4l2.REQUESTBUFFERS_TYPE);
        used.put("offsetof(struct v4l2_requestbuffers, memory)", V4l2.REQUESTBUFFERS_MEMORY);
        used.put("offsetof(struct v4l2_buffer, type)", V4l2.BUFFER_TYPE);
        used.put("offsetof(struct v4l2_buffer, bytesused)", V4l2.BUFFER_BYTES_USED);
        used.put("offsetof(struct v4l2_buffer, flags)", V4l2.BUFFER_FLAGS);
        used.put("V4L2_BUF_FLAG_ERROR", V4l2.BUF_FLAG_ERROR);
        used.put("V4L2_BUF_FLAG_TIMESTAMP_MASK", V4l2.BUF_TIMESTAMP_MASK);
        used.put("V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC", V4l2.BUF_TIMESTAMP_MONOTONIC);
    }

    private static void addControlsAndEvents(Map<String, Number> used) {
        used.put("sizeof(struct v4l2_queryctrl)", V4l2.QUERYCTRL);
        used.put("offsetof(struct v4l2_queryctrl, minimum)", V4l2.QUERYCTRL_MINIMUM);
        used.put("offsetof(struct v4l2_queryctrl, maximum)", V4l2.QUERYCTRL_MAXIMUM);
        used.put("offsetof(struct v4l2_queryctrl, step)", V4l2.QUERYCTRL_STEP);
        used.put("offsetof(struct v4l2_queryctrl, default_value)", V4l2.QUERYCTRL_DEFAULT);
        used.put("offsetof(struct v4l2_queryctrl, flags)", V4l2.QUERYCTRL_FLAGS);
        used.put("sizeof(struct v4l2_control)", V4l2.CONTROL);
        used.put("offsetof(struct v4l2_control, value)", V4l2.CONTROL_VALUE);
        used.put("V4L2_CTRL_FLAG_DISABLED", V4l2.CTRL_FLAG_DISABLED);
        used.put("V4L2_CTRL_FLAG_GRABBED", V4l2.CTRL_FLAG_GRABBED);
        used.put("V4L2_CTRL_FLAG_READ_ONLY", V4l2.CTRL_FLAG_READ_ONLY);
        used.put("V4L2_CTRL_FLAG_INACTIVE", V4l2.CTRL_FLAG_INACTIVE);
        used.put("V4L2_CID_BRIGHTNESS", PictureControl.BRIGHTNESS.controlId());
        used.put("V4L2_CID_CONTRAST", PictureControl.CONTRAST.controlId());
        used.put("V4L2_CID_SATURATION", PictureControl.SATURATION.controlId());
        used.put("V4L2_CID_HUE", PictureControl.HUE.controlId());
        used.put("sizeof(struct v4l2_event_subscription)", V4l2.EVENT_SUBSCRIPTION);
        used.put("offsetof(struct v4l2_event, u.src_change.changes)", V4l2.EVENT_CHANGES);
        used.put("V4L2_EVENT_SOURCE_CHANGE", V4l2.EVENT_SOURCE_CHANGE);
        used.put("V4L2_EVENT_SRC_CH_RESOLUTION", V4l2.CHANGED_RESOLUTION);
    }

    private static void addTimings(Map<String, Number> used) {
        used.put("sizeof(struct v4l2_input)", V4l2.INPUT);
        used.put("offsetof(struct v4l2_input, capabilities)", V4l2.INPUT_CAPABILITIES);
        used.put("V4L2_IN_CAP_DV_TIMINGS", V4l2.IN_CAP_DV_TIMINGS);
        used.put("sizeof(struct v4l2_dv_timings)", V4l2.DV_TIMINGS);
        used.put("offsetof(struct v4l2_dv_timings, bt.width)", V4l2.DV_WIDTH);
        used.put("offsetof(struct v4l2_dv_timings, bt.height)", V4l2.DV_HEIGHT);
        used.put("offsetof(struct v4l2_dv_timings, bt.interlaced)", V4l2.DV_INTERLACED);
        used.put("offsetof(struct v4l2_dv_timings, bt.pixelclock)", V4l2.DV_PIXEL_CLOCK);
        used.put("offsetof(struct v4l2_dv_timings, bt.hfrontporch)", V4l2.DV_BLANKING);
        used.put("offsetof(struct v4l2_dv_timings, bt.vfrontporch)", V4l2.DV_BLANKING + 12);
        used.put("offsetof(struct v4l2_edid, blocks)", V4l2.EDID_BLOCKS);
        used.put("offsetof(struct v4l2_edid, edid)", V4l2.EDID_POINTER);
    }
}
