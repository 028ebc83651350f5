package org.catseye.capture.v4l2;

import static org.catseye.capture.v4l2.V4l2.TYPE_CAPTURE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;

/**
 * An open capture node and the questions to it. One thread at a time. Whatever fails throws an {@link ErrnoException} that names
 * node and request; transfers to the device's control endpoint that fail are tried again, since sticks do that now and then.
 */
final class VideoNode implements AutoCloseable {

    /** Names and abilities of a node. Capabilities are those of this node, not of the device's other nodes. */
    record Capability(String driver, String card, String bus, int flags) {

        boolean canStream() {
            int needed = V4l2.CAP_VIDEO_CAPTURE | V4l2.CAP_STREAMING;
            return (flags & needed) == needed;
        }
    }

    private static final int TRIES = 4;
    private static final int MOST_ENTRIES = 256;

    private final Fd fd;
    private final Layout layout;

    private VideoNode(Fd fd, Layout layout) {
        this.fd = fd;
        this.layout = layout;
    }

    /** Opens it for calls that do not block. */
    static VideoNode open(String path) throws IOException {
        return new VideoNode(Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK), Layout.current());
    }

    Fd fd() {
        return fd;
    }

    Layout layout() {
        return layout;
    }

    Capability capability() throws IOException {
        ByteBuffer c = Struct.allocate(V4l2.CAPABILITY);
        fd.ioctl(V4l2.QUERYCAP, c);
        int all = c.getInt(V4l2.CAPABILITY_ALL);
        int own = (all & V4l2.CAP_DEVICE_CAPS) != 0 ? c.getInt(V4l2.CAPABILITY_DEVICE) : all;
        return new Capability(Struct.text(c, V4l2.CAPABILITY_DRIVER, 16), Struct.text(c, V4l2.CAPABILITY_CARD, 32),
            Struct.text(c, V4l2.CAPABILITY_BUS, 32), own);
    }

    /** The pixel formats, in the device's order; none on a metadata node. */
    List<Integer> formats() throws IOException {
        List<Integer> formats = new ArrayList<>();
        ByteBuffer f = Struct.allocate(V4l2.FMTDESC);
        for (int i = 0; i < MOST_ENTRIES; i++) {
            f.putInt(0, i).putInt(V4l2.FMTDESC_TYPE, TYPE_CAPTURE);
            if (!listed(V4l2.ENUM_FMT, f)) {
                break;
            }
            formats.add(f.getInt(V4l2.FMTDESC_FORMAT));
        }
        return formats;
    }

    /** The picture sizes of a format; empty if the device does not list them. */
    List<SizeOffer> sizes(int fourcc) throws IOException {
        List<SizeOffer> sizes = new ArrayList<>();
        ByteBuffer s = Struct.allocate(V4l2.FRMSIZE);
        for (int i = 0; i < MOST_ENTRIES; i++) {
            s.putInt(0, i).putInt(V4l2.FRMSIZE_FORMAT, fourcc);
            if (!listed(V4l2.ENUM_FRAMESIZES, s)) {
                break;
            }
            sizes.add(size(s));
            if (s.getInt(V4l2.FRMSIZE_TYPE) != V4l2.DISCRETE) {
                break;
            }
        }
        return sizes;
    }

    private static SizeOffer size(ByteBuffer s) {
        int width = s.getInt(V4l2.FRMSIZE_WIDTH);
        if (s.getInt(V4l2.FRMSIZE_TYPE) == V4l2.DISCRETE) {
            return SizeOffer.exactly(width, s.getInt(V4l2.FRMSIZE_HEIGHT));
        }
        return new SizeOffer(width, s.getInt(V4l2.FRMSIZE_MAX_WIDTH), s.getInt(V4l2.FRMSIZE_STEP_WIDTH),
            s.getInt(V4l2.FRMSIZE_MIN_HEIGHT), s.getInt(V4l2.FRMSIZE_MAX_HEIGHT), s.getInt(V4l2.FRMSIZE_STEP_HEIGHT));
    }

    /** The frame rates of a format and size, per second; of a continuous range its fastest. */
    List<Double> rates(int fourcc, int width, int height) throws IOException {
        List<Double> rates = new ArrayList<>();
        ByteBuffer r = Struct.allocate(V4l2.FRMIVAL);
        for (int i = 0; i < MOST_ENTRIES; i++) {
            r.putInt(0, i).putInt(V4l2.FRMIVAL_FORMAT, fourcc);
            r.putInt(V4l2.FRMIVAL_WIDTH, width).putInt(V4l2.FRMIVAL_HEIGHT, height);
            if (!listed(V4l2.ENUM_FRAMEINTERVALS, r)) {
                break;
            }
            rates.add(perSecond(r.getInt(V4l2.FRMIVAL_NUMERATOR), r.getInt(V4l2.FRMIVAL_DENOMINATOR)));
            if (r.getInt(V4l2.FRMIVAL_TYPE) != V4l2.DISCRETE) {
                break;
            }
        }
        return rates;
    }

    /** Asks for {@code mode}; the device may answer with something near it. */
    Format set(Mode mode) throws IOException {
        int pix = layout.pix();
        ByteBuffer f = Struct.allocate(layout.format()).putInt(0, TYPE_CAPTURE);
        f.putInt(pix + V4l2.PIX_WIDTH, mode.width()).putInt(pix + V4l2.PIX_HEIGHT, mode.height());
        f.putInt(pix + V4l2.PIX_FORMAT, mode.fourcc());
        patiently(V4l2.setFormat(layout), f);
        return new Format(f.getInt(pix + V4l2.PIX_FORMAT), f.getInt(pix + V4l2.PIX_WIDTH), f.getInt(pix + V4l2.PIX_HEIGHT),
            f.getInt(pix + V4l2.PIX_BYTES_PER_LINE), setRate(mode.fps()));
    }

    private double setRate(double fps) throws IOException {
        ByteBuffer p = Struct.allocate(V4l2.STREAMPARM).putInt(0, TYPE_CAPTURE);
        int got = fd.tryIoctl(V4l2.G_PARM, p);
        if (got < 0) {
            return 0;
        }
        if (fps > 0 && (p.getInt(V4l2.STREAMPARM_CAPABILITY) & V4l2.CAP_TIMEPERFRAME) != 0) {
            p.putInt(V4l2.STREAMPARM_NUMERATOR, 1000).putInt(V4l2.STREAMPARM_DENOMINATOR, (int) Math.round(fps * 1000));
            patiently(V4l2.S_PARM, p);
        }
        return perSecond(p.getInt(V4l2.STREAMPARM_NUMERATOR), p.getInt(V4l2.STREAMPARM_DENOMINATOR));
    }

    /** A request that may meet a hiccup of the device. */
    void patiently(Ioctl request, ByteBuffer argument) throws IOException {
        for (int left = TRIES - 1;; left--) {
            int result = fd.tryIoctl(request, argument);
            if (result >= 0) {
                return;
            }
            ErrnoException e = new ErrnoException(request.name(), fd.path(), -result);
            if (left == 0 || !e.is(Errno.EIO, Errno.EPIPE, Errno.EPROTO, Errno.ETIMEDOUT, Errno.EAGAIN)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    private boolean listed(Ioctl request, ByteBuffer argument) throws IOException {
        int result = fd.tryIoctl(request, argument);
        if (result >= 0) {
            return true;
        }
        ErrnoException e = new ErrnoException(request.name(), fd.path(), -result);
        if (e.is(Errno.EINVAL, Errno.ENOTTY)) {
            return false;
        }
        throw e;
    }

    private static double perSecond(int numerator, int denominator) {
        return numerator <= 0 || denominator <= 0 ? 0 : (double) denominator / numerator;
    }
}
