package org.catseye.hid.gadget.connection;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.catseye.hid.gadget.configfs.GadgetKeeper;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.report.DeviceNode;
import org.catseye.hid.gadget.report.ReportChannel;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** Opens the gadget's device nodes, which the kernel recreates at each bind, and passes them to the channels. For one thread. */
final class DeviceNodes {

    /** udev needs a moment at each connection. A node that is missing or not permitted for longer is a fault. */
    private static final long SETUP_GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final GadgetKeeper keeper;
    private final Map<Role, ReportChannel> channels;
    private final Map<Role, DeviceNode> nodes = new EnumMap<>(Role.class);
    /** System.nanoTime; 0 if no node is missing. */
    private long missingSince;

    DeviceNodes(GadgetKeeper keeper, Map<Role, ReportChannel> channels) {
        this.keeper = keeper;
        this.channels = channels;
    }

    boolean areAllOpen() {
        return nodes.size() == channels.size();
    }

    /** Whether the open node is the one that currently exists in the file system. */
    boolean isCurrent(Role role) throws IOException {
        DeviceNode node = nodes.get(role);
        return node != null && node.isSameNode(keeper.findNode(role));
    }

    /** @throws IOException with a message for the user, including the remedy; in the first seconds, that the device is connecting */
    void openNode(Role role) throws IOException {
        Path path = keeper.findNode(role);
        try {
            DeviceNode node = DeviceNode.openNode(path);
            nodes.put(role, node);
            channels.get(role).replacePort(node);
            missingSince = areAllOpen() ? 0 : missingSince;
        } catch (NoSuchFileException e) {
            // The gadget is bound, but the node is missing: another program may have removed the function.
            keeper.requestFullCheck();
            throw describeMissing("the device " + path + " is missing, although the gadget is connected", e);
        } catch (ErrnoException e) {
            throw e.is(Errno.EACCES, Errno.EPERM) ? describeMissing("this user may not open " + path
                    + ": run \"sudo catseye-gadget up\", which gives this user's group access to it", e) : e;
        }
    }

    void closeNode(Role role) {
        channels.get(role).replacePort(null);
        nodes.remove(role);
    }

    void forEachNode(BiConsumer<Role, DeviceNode> action) {
        nodes.forEach(action);
    }

    private IOException describeMissing(String description, IOException cause) {
        long now = System.nanoTime();
        missingSince = missingSince == 0 ? now : missingSince;
        return new IOException(now - missingSince < SETUP_GRACE_NANOS ? "the USB keyboard is being connected" : description, cause);
    }
}
