package org.catseye.capture.v4l2.bridge;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.catseye.capture.v4l2.edid.Edid;
import org.catseye.capture.v4l2.edid.EdidPreset;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.capture.v4l2.settings.V4l2Config;
import org.catseye.config.BadValueException;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The EDID of a bridge's input, which describes a monitor to the computer (Documentation/userspace-api/media/v4l/vidioc-g-edid.rst). A
 * computer sends no picture to an input without an EDID. For one thread.
 */
public final class InputEdid {

    private static final Logger LOG = LoggerFactory.getLogger(InputEdid.class);
    /** The field of a request that has the number of blocks is 32 bits wide; the kernel accepts 256. */
    private static final int MAX_DEVICE_BLOCKS = 256;
    private static final int E2BIG = 7;

    private final VideoNode node;
    private final int input;

    public InputEdid(VideoNode node, int input) {
        this.node = node;
        this.input = input;
    }

    /**
     * The bytes of the EDID, which need not be valid; without any if there is none.
     *
     * @return empty if the device has no such request
     */
    public Optional<byte[]> readBytes() throws IOException {
        ByteBuffer edid = createRequest(0, Struct.allocate(Edid.BLOCK_BYTES));
        // blocks = 0 queries how many blocks there are; ENODATA means none.
        int result = node.descriptor().tryIoctl(V4l2.getEdidRequest(node.layout()), edid);
        if (result == -Errno.ENODATA.code()) {
            return Optional.of(new byte[0]);
        } else if (result == -Errno.ENOTTY.code() || result == -Errno.EINVAL.code()) {
            return Optional.empty();
        } else if (result < 0) {
            throw new ErrnoException("VIDIOC_G_EDID", node.descriptor().path(), -result);
        }
        int blocks = Math.max(0, Math.min(MAX_DEVICE_BLOCKS, edid.getInt(V4l2.EDID_BLOCKS)));
        byte[] bytes = new byte[blocks * Edid.BLOCK_BYTES];
        if (blocks > 0) {
            ByteBuffer content = Struct.allocate(bytes.length);
            node.ioctlWithRetry(V4l2.getEdidRequest(node.layout()), createRequest(blocks, content));
            content.get(0, bytes);
        }
        return Optional.of(bytes);
    }

    /**
     * Gives the input the EDID that is configured, or the default one if it has none. Without effect if it has the right one already,
     * because the computer sees each change as another monitor.
     *
     * @param pid the configuration's name, for error messages
     * @throws BadValueException if the device can't take the configured EDID
     */
    void ensurePresent(String pid, Optional<Edid> configured) throws IOException {
        Optional<byte[]> current = readBytes();
        if (current.isEmpty()) {
            requireNone(pid, configured);
            return;
        }
        byte[] wanted = configured.or(() -> current.get().length > 0 ? Optional.empty() : Optional.of(EdidPreset.DEFAULT.edid()))
            .map(Edid::bytes).orElse(current.get());
        if (Arrays.equals(wanted, current.get())) {
            return;
        }
        ByteBuffer content = Struct.allocate(wanted.length);
        content.put(0, wanted);
        ByteBuffer request = createRequest(wanted.length / Edid.BLOCK_BYTES, content);
        int result = node.descriptor().tryIoctl(V4l2.setEdidRequest(node.layout()), request);
        // The request has only its address.
        Reference.reachabilityFence(content);
        if (result >= 0) {
            LOG.info("{}: set an EDID of {} bytes, so that the computer detects this monitor", node.descriptor().path(), wanted.length);
        } else if (configured.isEmpty()) {
            LOG.info("{}: the input does not accept an EDID", node.descriptor().path());
        } else if (result == -E2BIG) {
            throw new BadValueException(pid, V4l2Config.EDID, configured.get(),
                "an EDID of at most " + request.getInt(V4l2.EDID_BLOCKS) + " blocks of 128 bytes, because this device stores no more");
        } else {
            throw new ErrnoException("VIDIOC_S_EDID", node.descriptor().path(), -result);
        }
    }

    private static void requireNone(String pid, Optional<Edid> configured) throws BadValueException {
        if (configured.isPresent()) {
            throw new BadValueException(pid, V4l2Config.EDID, configured.get(), "empty: this device accepts no EDID");
        }
    }

    private ByteBuffer createRequest(int blocks, ByteBuffer content) {
        ByteBuffer edid = Struct.allocate(node.layout().edidBytes()).putInt(0, input).putInt(V4l2.EDID_BLOCKS, blocks);
        Struct.putPointer(edid, V4l2.EDID_POINTER, content);
        return edid;
    }
}
