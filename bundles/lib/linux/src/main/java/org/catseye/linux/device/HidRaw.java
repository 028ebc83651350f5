package org.catseye.linux.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;

/**
 * A HID device by its raw interface, {@code /dev/hidrawN} (uapi/linux/hidraw.h): its feature reports, all of the same size. A report
 * starts with its id. If the device has no ids, the id is 0 and the kernel removes it before it sends the report to the device.
 * Thread-safe.
 */
public final class HidRaw implements AutoCloseable {

    private static final int TYPE = 'H';
    static final int INFO_BYTES = 8;
    static final int VENDOR = 4;
    static final int PRODUCT = 6;
    static final Ioctl GET_INFO = Ioctl.read("HIDIOCGRAWINFO", TYPE, 0x03, INFO_BYTES);

    private final Fd fd;
    private final Ioctl send;
    private final Ioctl fetch;

    private HidRaw(Fd fd, int reportBytes) {
        this.fd = fd;
        send = sendRequest(reportBytes);
        fetch = fetchRequest(reportBytes);
    }

    /** The ids of the vendor and the product, 0 to 65535. */
    public record Info(int vendor, int product) {
    }

    /**
     * Opens a device.
     *
     * @param reportBytes size of each report, including its id
     * @throws ErrnoException if the device is missing or may not be opened
     */
    public static HidRaw open(String path, int reportBytes) throws IOException {
        return new HidRaw(Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK), reportBytes);
    }

    /** @throws ErrnoException ENOTTY or EINVAL if it is a device of another kind */
    public Info readInfo() throws IOException {
        ByteBuffer info = Struct.allocate(INFO_BYTES);
        fd.ioctl(GET_INFO, info);
        return new Info(Short.toUnsignedInt(info.getShort(VENDOR)), Short.toUnsignedInt(info.getShort(PRODUCT)));
    }

    /** Sends a feature report, and blocks until the device has taken it: the kernel waits for up to 5 s. @param report the whole report, including its id */
    public void sendFeature(ByteBuffer report) throws IOException {
        fd.ioctl(send, report);
    }

    /**
     * Fetches a feature report. Blocks as {@link #sendFeature}.
     *
     * @param report its first byte is the id of the report to fetch; receives the id and the answer
     * @return the number of bytes received, including the id
     */
    public int fetchFeature(ByteBuffer report) throws IOException {
        return fd.ioctl(fetch, report);
    }

    @Override
    public void close() {
        fd.close();
    }

    static Ioctl sendRequest(int reportBytes) {
        return Ioctl.readWrite("HIDIOCSFEATURE", TYPE, 0x06, reportBytes);
    }

    static Ioctl fetchRequest(int reportBytes) {
        return Ioctl.readWrite("HIDIOCGFEATURE", TYPE, 0x07, reportBytes);
    }
}
