package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Poller;
import org.catseye.linux.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's one thread: keeps the gadget, opens its nodes again after each bind, follows the controller's state, and reads the
 * lights. It sleeps in one poll() on all of these, and looks each second at what tells nothing by itself.
 */
final class Watcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final long TICK_MILLIS = 1000;
    /** While nodes are missing, or reports are refused. */
    private static final long SHORT_TICK_MILLIS = 250;
    /** How long the cable is "out" in a virtual re-plug; hosts debounce for 0.1 s. */
    private static final long REPLUG_MILLIS = 1000;
    private static final int BROKEN = Poller.POLLERR | Poller.POLLHUP | Poller.POLLNVAL;

    private final Keeper keeper;
    private final Places places;
    private final Voice voice;
    private final Wire wire;
    private final Poller poller;
    private final Map<Role, Node> nodes = new EnumMap<>(Role.class);
    private final Map<Role, Integer> polled = new EnumMap<>(Role.class);
    private final AtomicReference<CompletableFuture<Void>> replug = new AtomicReference<>();
    private final ByteBuffer text = Struct.allocate(64);
    private volatile boolean stopped;
    private volatile UsbState state = UsbState.UNKNOWN;
    private Fd stateFile;
    private long tick = TICK_MILLIS;

    Watcher(Keeper keeper, Places places, Profile profile, Voice voice) throws IOException {
        this.keeper = keeper;
        this.places = places;
        this.voice = voice;
        this.poller = new Poller(1 + Role.values().length);
        this.wire = new Wire(profile, voice, poller::wake);
    }

    Wire wire() {
        return wire;
    }

    UsbState state() {
        return state;
    }

    void stop() {
        stopped = true;
        poller.wake();
    }

    /** Asks for the cable to be pulled and put back, as far as the target can tell. */
    CompletableFuture<Void> replug() {
        CompletableFuture<Void> done = replug.updateAndGet(asked -> asked == null ? new CompletableFuture<>() : asked);
        poller.wake();
        return done;
    }

    @Override
    public void run() {
        try (poller) {
            while (!stopped) {
                unplugIfAsked();
                look();
                await();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The USB keyboard stopped working", e);
            voice.offline("internal error: " + e + "; see the log, and save the settings of the USB keyboard to start it again");
        } finally {
            closeNodes();
            closeStateFile();
        }
    }

    private void look() {
        tick = TICK_MILLIS;
        try {
            String controller = keeper.keep();
            follow(controller);
            openNodes();
            if (!state.listens(keeper.wakes())) {
                voice.offline(state.words);
            } else if (!wire.failed()) {
                voice.ready(state.words);
            }
        } catch (IOException e) {
            closeNodes();
            voice.offline(e.getMessage());
        }
        if (wire.failed()) {
            tick = SHORT_TICK_MILLIS;
        }
    }

    /** Reads the controller's state; poll() wakes at its next change only if it is read before. */
    private void follow(String controller) throws IOException {
        Path path = new Controllers(places.controllers()).stateFile(controller);
        if (stateFile == null || !stateFile.path().equals(path.toString())) {
            closeStateFile();
            stateFile = Fd.open(path.toString(), Fd.O_RDONLY);
        }
        text.clear();
        int bytes = readState();
        if (bytes < 0) {
            // The controller's driver was taken away and has come again under the same name.
            closeStateFile();
            stateFile = Fd.open(path.toString(), Fd.O_RDONLY);
            bytes = readState();
        }
        UsbState now = UsbState.of(bytes <= 0 ? "" : StandardCharsets.US_ASCII.decode(text.flip()).toString());
        if (now != state && now.listens(keeper.wakes())) {
            wire.healed();
        }
        state = now;
    }

    private int readState() throws IOException {
        stateFile.seek(0);
        return stateFile.tryRead(text);
    }

    private void openNodes() throws IOException {
        for (Map.Entry<Role, Channel> each : wire.channels().entrySet()) {
            Role role = each.getKey();
            Path path = places.devices().resolve("hidg" + keeper.configFs().node(role));
            Node node = nodes.get(role);
            if (node == null || !node.is(path)) {
                tick = SHORT_TICK_MILLIS;
                open(role, path);
                wire.healed();
                tick = TICK_MILLIS;
            }
        }
    }

    private void open(Role role, Path path) throws IOException {
        close(role);
        try {
            Node node = Node.open(path);
            nodes.put(role, node);
            wire.channels().get(role).use(node);
        } catch (NoSuchFileException e) {
            // Bound, yet no node: somebody has taken the function out, or the target was replugged this very moment.
            keeper.again();
            throw new IOException("the device " + path + " is not there; it should come within a second", e);
        } catch (ErrnoException e) {
            throw e.is(Errno.EACCES, Errno.EPERM) ? new IOException("this user may not open " + path
                    + ": run \"sudo catseye-gadget up\", which installs the udev rule for it", e) : e;
        }
    }

    private void await() throws IOException {
        poller.clear();
        if (stateFile != null) {
            poller.add(stateFile, Poller.POLLPRI);
        }
        polled.clear();
        nodes.forEach((role, node) -> {
            int events = events(role);
            if (events != 0) {
                polled.put(role, poller.add(node.fd(), events));
            }
        });
        if (poller.poll(tick) > 0) {
            polled.forEach((role, index) -> hear(role, poller.ready(index)));
        }
        if (nodes.size() < wire.channels().size()) {
            pause(SHORT_TICK_MILLIS);
        }
    }

    private int events(Role role) {
        if (role == Role.KEYBOARD) {
            return Poller.POLLIN | (wire.failed() && wire.rested() ? Poller.POLLOUT : 0);
        }
        return wire.channels().get(role).waiting() ? Poller.POLLOUT : 0;
    }

    private void hear(Role role, int ready) {
        if ((ready & BROKEN) != 0) {
            close(role);
            return;
        }
        if ((ready & Poller.POLLIN) != 0) {
            wire.lights();
        }
        if ((ready & Poller.POLLOUT) != 0) {
            if (role == Role.KEYBOARD) {
                wire.healed();
            } else {
                wire.resume(role);
            }
        }
    }

    private void unplugIfAsked() throws IOException {
        CompletableFuture<Void> asked = replug.get();
        if (asked == null) {
            return;
        }
        try {
            closeNodes();
            keeper.configFs().unbind();
            voice.offline("the USB cable is virtually unplugged for a moment");
            pause(REPLUG_MILLIS);
            keeper.again();
            keeper.keep();
            replug.set(null);
            asked.complete(null);
        } catch (IOException e) {
            replug.set(null);
            asked.completeExceptionally(e);
        }
    }

    /** Waits, but not when the end has come. */
    private void pause(long millis) throws IOException {
        poller.clear();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !stopped; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            poller.poll(left);
        }
    }

    private void close(Role role) {
        wire.channels().get(role).use(null);
        nodes.remove(role);
    }

    private void closeNodes() {
        wire.channels().keySet().forEach(this::close);
    }

    private void closeStateFile() {
        if (stateFile != null) {
            stateFile.close();
            stateFile = null;
        }
    }
}
