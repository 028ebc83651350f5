package org.catseye.capture.v4l2.kernel;

import static org.catseye.capture.v4l2.kernel.V4l2.TYPE_CAPTURE;

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
 * An open capture node and the requests to it. For one thread at a time. A failed request throws an {@link ErrnoException} that names
 * the node and the request. Failed transfers to the device's control endpoint are retried, because sticks fail there now and then.
 */
public final class VideoNode implements ModeOffers, AutoCloseable {

    /** Names and capabilities of a node. The capabilities are those of this node, not of the device's other nodes. */
    public record Capability(String driver, String card, String bus, int flags) {

        public boolean canStreamVideo() {
            int needed = V4l2.CAP_VIDEO_CAPTURE | V4l2.CAP_STREAMING;
            return (flags & needed) == needed;
        }
    }

    private static final int MAX_ATTEMPTS = 4;
    private static final int MAX_ENTRIES = 256;

    private final Fd descriptor;
    private final StructLayout layout;

    private VideoNode(Fd descriptor, StructLayout layout) {
        this.descriptor = descriptor;
        this.layout = layout;
    }

    /** Opens the node for non-blocking calls. */
    public static VideoNode openNode(String path) throws IOException {
        return new VideoNode(Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK), StructLayout.currentLayout());
    }

    /** The open file descriptor; this node closes it. */
    public Fd descriptor() {
        return descriptor;
    }

    public StructLayout layout() {
        return layout;
    }

    public Capability queryCapability() throws IOException {
        ByteBuffer c = Struct.allocate(V4l2.CAPABILITY);
        descriptor.ioctl(V4l2.QUERYCAP, c);
        int all = c.getInt(V4l2.CAPABILITY_ALL);
        int own = (all & V4l2.CAP_DEVICE_CAPS) != 0 ? c.getInt(V4l2.CAPABILITY_DEVICE) : all;
        return new Capability(Struct.text(c, V4l2.CAPABILITY_DRIVER, 16), Struct.text(c, V4l2.CAPABILITY_CARD, 32),
            Struct.text(c, V4l2.CAPABILITY_BUS, 32), own);
    }

    @Override
    public List<Integer> listFormats() throws IOException {
        List<Integer> formats = new ArrayList<>();
        ByteBuffer f = Struct.allocate(V4l2.FMTDESC);
        for (int i = 0; i < MAX_ENTRIES; i++) {
            f.putInt(0, i).putInt(V4l2.FMTDESC_TYPE, TYPE_CAPTURE);
            if (!readListEntry(V4l2.ENUM_FMT, f)) {
                break;
            }
            formats.add(f.getInt(V4l2.FMTDESC_FORMAT));
        }
        return formats;
    }

    @Override
    public List<SizeOffer> listSizes(int fourcc) throws IOException {
        List<SizeOffer> sizes = new ArrayList<>();
        ByteBuffer s = Struct.allocate(V4l2.FRMSIZE);
        for (int i = 0; i < MAX_ENTRIES; i++) {
            s.putInt(0, i).putInt(V4l2.FRMSIZE_FORMAT, fourcc);
            if (!readListEntry(V4l2.ENUM_FRAMESIZES, s)) {
                break;
            }
            sizes.add(parseSize(s));
            if (s.getInt(V4l2.FRMSIZE_TYPE) != V4l2.DISCRETE) {
                break;
            }
        }
        return sizes;
    }

    private static SizeOffer parseSize(ByteBuffer s) {
        int width = s.getInt(V4l2.FRMSIZE_WIDTH);
        if (s.getInt(V4l2.FRMSIZE_TYPE) == V4l2.DISCRETE) {
            return SizeOffer.ofSingleSize(width, s.getInt(V4l2.FRMSIZE_HEIGHT));
        }
        return new SizeOffer(width, s.getInt(V4l2.FRMSIZE_MAX_WIDTH), s.getInt(V4l2.FRMSIZE_STEP_WIDTH),
            s.getInt(V4l2.FRMSIZE_MIN_HEIGHT), s.getInt(V4l2.FRMSIZE_MAX_HEIGHT), s.getInt(V4l2.FRMSIZE_STEP_HEIGHT));
    }

    @Override
    public List<Double> listRates(int fourcc, int width, int height) throws IOException {
        List<Double> rates = new ArrayList<>();
        ByteBuffer r = Struct.allocate(V4l2.FRMIVAL);
        for (int i = 0; i < MAX_ENTRIES; i++) {
            r.putInt(0, i).putInt(V4l2.FRMIVAL_FORMAT, fourcc);
            r.putInt(V4l2.FRMIVAL_WIDTH, width).putInt(V4l2.FRMIVAL_HEIGHT, height);
            if (!readListEntry(V4l2.ENUM_FRAMEINTERVALS, r)) {
                break;
            }
            rates.add(framesPerSecond(r.getInt(V4l2.FRMIVAL_NUMERATOR), r.getInt(V4l2.FRMIVAL_DENOMINATOR)));
            if (r.getInt(V4l2.FRMIVAL_TYPE) != V4l2.DISCRETE) {
                break;
            }
        }
        return rates;
    }

    /** Requests {@code mode}. @return the format that the device chose, which may differ from it */
    public StreamFormat applyMode(CaptureMode mode) throws IOException {
        int pix = layout.pixelFormatOffset();
        ByteBuffer f = Struct.allocate(layout.formatBytes()).putInt(0, TYPE_CAPTURE);
        f.putInt(pix + V4l2.PIX_WIDTH, mode.width()).putInt(pix + V4l2.PIX_HEIGHT, mode.height());
        f.putInt(pix + V4l2.PIX_FORMAT, mode.fourcc());
        ioctlWithRetry(V4l2.setFormatRequest(layout), f);
        return new StreamFormat(f.getInt(pix + V4l2.PIX_FORMAT), f.getInt(pix + V4l2.PIX_WIDTH), f.getInt(pix + V4l2.PIX_HEIGHT),
            f.getInt(pix + V4l2.PIX_BYTES_PER_LINE), applyRate(mode.framesPerSecond()));
    }

    private double applyRate(double framesPerSecond) throws IOException {
        ByteBuffer p = Struct.allocate(V4l2.STREAMPARM).putInt(0, TYPE_CAPTURE);
        if (descriptor.tryIoctl(V4l2.G_PARM, p) < 0) {
            return 0;
        }
        if (framesPerSecond > 0 && (p.getInt(V4l2.STREAMPARM_CAPABILITY) & V4l2.CAP_TIMEPERFRAME) != 0) {
            p.putInt(V4l2.STREAMPARM_NUMERATOR, 1000).putInt(V4l2.STREAMPARM_DENOMINATOR, (int) Math.round(framesPerSecond * 1000));
            ioctlWithRetry(V4l2.S_PARM, p);
        }
        return framesPerSecond(p.getInt(V4l2.STREAMPARM_NUMERATOR), p.getInt(V4l2.STREAMPARM_DENOMINATOR));
    }

    /** Sends a request, and repeats it after a transfer error of the device. */
    public void ioctlWithRetry(Ioctl request, ByteBuffer argument) throws IOException {
        for (int attempt = 1;; attempt++) {
            int result = descriptor.tryIoctl(request, argument);
            if (result >= 0) {
                return;
            }
            ErrnoException e = new ErrnoException(request.name(), descriptor.path(), -result);
            if (attempt == MAX_ATTEMPTS || !e.is(Errno.EIO, Errno.EPIPE, Errno.EPROTO, Errno.ETIMEDOUT, Errno.EAGAIN)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    /** @return false behind the last entry of a list, or if the device has no such list */
    private boolean readListEntry(Ioctl request, ByteBuffer argument) throws IOException {
        int result = descriptor.tryIoctl(request, argument);
        if (result >= 0) {
            return true;
        }
        ErrnoException e = new ErrnoException(request.name(), descriptor.path(), -result);
        if (e.is(Errno.EINVAL, Errno.ENOTTY)) {
            return false;
        }
        throw e;
    }

    private static double framesPerSecond(int numerator, int denominator) {
        return numerator <= 0 || denominator <= 0 ? 0 : (double) denominator / numerator;
    }
}
