package org.catseye.web.socket.channel;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.catseye.concurrent.NamedThreads;
import org.catseye.services.BoundService;
import org.catseye.services.RankedServices;
import org.catseye.web.ChannelHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open channels and their handlers, by the channel's name. Immediate, so that sockets stay open while the bundle that dispatches requests is
 * replaced.
 */
@Component(service = Channels.class, immediate = true)
public final class Channels {

    /** A dead client's keys are released after three to four times this, and it is disconnected after half a minute: {@link ChannelSocket#checkLiveness}. */
    static final long PING_MILLIS = 450;
    private static final long CLOSE_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private final Set<ChannelSocket> sockets = ConcurrentHashMap.newKeySet();
    private final RankedServices<ChannelHandler> handlers = new RankedServices<>();
    private final ScheduledExecutorService timer;
    private volatile boolean stopped;

    @Activate
    public Channels() {
        this(NamedThreads.newSingleThreadScheduler("channel-pings"));
    }

    Channels(ScheduledExecutorService timer) {
        this.timer = timer;
        // Not at a fixed rate: after a pause of the machine that would make up for pings left out, and leave no time to answer.
        timer.scheduleWithFixedDelay(() -> forEachSocket("ping", ChannelSocket::checkLiveness), PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Runs the task soon, in order, on a thread and a stack of its own; at once if that thread has ended. */
    void runLater(Runnable task) {
        try {
            timer.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    @Deactivate
    public void deactivate() {
        stopped = true;
        forEachSocket("close", socket -> socket.endGracefully("the server stops or is being updated"));
        // Clients that do not answer the close in time are still disconnected; the thread ends then.
        timer.shutdown();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindHandler(ChannelHandler handler, Map<String, Object> properties) {
        BoundService<ChannelHandler> bound = new BoundService<>(handler, properties);
        Optional<String> name = bound.textProperty(ChannelHandler.NAME);
        if (name.isEmpty() || bound.textProperty(ChannelHandler.PROTOCOL).isEmpty()) {
            LOG.warn("The channel handler {} has no property {} or {} and is not used", handler, ChannelHandler.NAME, ChannelHandler.PROTOCOL);
            return;
        }
        handlers.add(properties, handler);
        moveSockets(name.get());
    }

    void unbindHandler(ChannelHandler handler, Map<String, Object> properties) {
        handlers.remove(properties).flatMap(removed -> removed.textProperty(ChannelHandler.NAME)).ifPresent(this::moveSockets);
    }

    /** The subprotocol of a channel; empty if it has no handler. */
    Optional<String> findProtocol(String name) {
        return handlers.listServices().stream().filter(bound -> name.equals(bound.properties().get(ChannelHandler.NAME))).findFirst()
                .flatMap(bound -> bound.textProperty(ChannelHandler.PROTOCOL));
    }

    /** The current handler of a channel. */
    Optional<ChannelHandler> findHandler(String name) {
        return handlers.findBest(ChannelHandler.NAME, name);
    }

    void addSocket(ChannelSocket socket) {
        sockets.add(socket);
        if (stopped) {
            socket.endGracefully("the server stops or is being updated");
        } else {
            socket.followHandler();
        }
    }

    void removeSocket(ChannelSocket socket) {
        sockets.remove(socket);
    }

    /** Runs the action when a client has had time to answer a close. */
    void afterClose(Runnable action) {
        try {
            timer.schedule(action, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The channels have stopped: the connection is closed at once", e);
            action.run();
        }
    }

    private void moveSockets(String name) {
        sockets.stream().filter(socket -> socket.channelName().equals(name)).forEach(ChannelSocket::followHandler);
    }

    /** A failure of one socket affects no other, and does not end the timer. */
    private void forEachSocket(String what, Consumer<ChannelSocket> action) {
        for (ChannelSocket socket : sockets) {
            try {
                action.accept(socket);
            } catch (RuntimeException e) {
                LOG.warn("The {} of a {} channel failed", what, socket.channelName(), e);
            }
        }
    }
}
