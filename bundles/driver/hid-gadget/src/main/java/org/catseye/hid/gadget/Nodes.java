package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;

/** The gadget's device nodes, which the kernel makes anew at each bind, and the channels that they are given to. For one thread. */
final class Nodes {

    /** One that is not there, or not permitted, for longer than this is a fault: udev needs a moment at each connection. */
    private static final long SETTING_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Keeper keeper;
    private final Places places;
    private final Map<Role, Channel> channels;
    private final Map<Role, Node> nodes = new EnumMap<>(Role.class);
    /** System.nanoTime; 0 for not at all. */
    private long missingSince;

    Nodes(Keeper keeper, Places places, Map<Role, Channel> channels) {
        this.keeper = keeper;
        this.places = places;
        this.channels = channels;
    }

    /** Whether all of them are open. */
    boolean complete() {
        return nodes.size() == channels.size();
    }

    /** Whether the one that is open is the one that is there now. */
    boolean current(Role role) throws IOException {
        Node node = nodes.get(role);
        return node != null && node.is(path(role));
    }

    /** @throws IOException in words, with the mend; within the first seconds, that it is just coming */
    void open(Role role) throws IOException {
        Path path = path(role);
        try {
            Node node = Node.open(path);
            nodes.put(role, node);
            channels.get(role).use(node);
            missingSince = complete() ? 0 : missingSince;
        } catch (NoSuchFileException e) {
            // Bound, yet no node: has somebody taken the function out?
            keeper.again();
            throw missing("the device " + path + " is not there, although the gadget is connected", e);
        } catch (ErrnoException e) {
            throw e.is(Errno.EACCES, Errno.EPERM) ? missing("this user may not open " + path
                    + ": run \"sudo catseye-gadget up\", which tells udev whose it is", e) : e;
        }
    }

    void close(Role role) {
        channels.get(role).use(null);
        nodes.remove(role);
    }

    void forEach(BiConsumer<Role, Node> action) {
        nodes.forEach(action);
    }

    private Path path(Role role) throws IOException {
        return places.devices().resolve("hidg" + keeper.configFs().node(role));
    }

    private IOException missing(String words, IOException cause) {
        long now = System.nanoTime();
        missingSince = missingSince == 0 ? now : missingSince;
        return new IOException(now - missingSince < SETTING_UP_NANOS ? "the USB keyboard is just being connected" : words, cause);
    }
}
