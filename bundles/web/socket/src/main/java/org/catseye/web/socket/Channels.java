package org.catseye.web.socket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.catseye.access.Session;
import org.catseye.web.ChannelHandler;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open channels and their handlers, by the channel's name. */
@Component(service = Channels.class)
public final class Channels {

    /** A dead client's keys are released after three to four times this, and it is disconnected after half a minute: {@link ChannelSocket#ping}. */
    static final long PING_MILLIS = 450;
    private static final long CLOSE_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private final Set<ChannelSocket> sockets = ConcurrentHashMap.newKeySet();
    /** All handlers of a channel, the one in use last. The lists are never changed. */
    private final Map<String, List<Handler>> handlers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;
    private final MessageBudget budget;
    private volatile boolean stopped;

    private record Handler(ChannelHandler service, String protocol) {
    }

    @Activate
    public Channels() {
        this(Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "channel-pings");
            thread.setDaemon(true);
            return thread;
        }));
    }

    Channels(ScheduledExecutorService timer) {
        this.timer = timer;
        budget = new MessageBudget(timer, System::nanoTime);
        // Not at a fixed rate: after a pause of the machine that would make up for pings left out, and leave no time to answer.
        timer.scheduleWithFixedDelay(() -> each("ping", ChannelSocket::ping), PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Slows down what a user's clients send, all of them together. */
    ClientReader.Throttle throttle(Session session) {
        return (messages, resume) -> budget.charge(session.user(), messages, resume);
    }

    /** Soon, on a thread and a stack of its own, in order; at once when that has ended. */
    void later(Runnable what) {
        try {
            timer.execute(what);
        } catch (RejectedExecutionException e) {
            what.run();
        }
    }

    @Deactivate
    void deactivate() {
        stopped = true;
        each("close", socket -> socket.goAway("the server stops or is being updated"));
        // Clients that do not answer the close in time are still disconnected; the thread ends then.
        timer.shutdown();
    }

    /** A newer handler comes before the old one goes. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ChannelHandler handler, ServiceReference<ChannelHandler> reference) {
        String name = nameOf(reference);
        Handler added = new Handler(handler, String.valueOf(reference.getProperty(ChannelHandler.PROTOCOL)));
        handlers.merge(name, List.of(added), (have, more) -> Stream.concat(have.stream(), more.stream()).toList());
        reconsider(name);
    }

    /** If it was the one in use, the one that came before it takes its place. */
    void unbindHandler(ChannelHandler handler, ServiceReference<ChannelHandler> reference) {
        String name = nameOf(reference);
        handlers.computeIfPresent(name, (key, have) -> {
            List<Handler> left = have.stream().filter(kept -> kept.service() != handler).toList();
            return left.isEmpty() ? null : left;
        });
        reconsider(name);
    }

    /** The subprotocol of a channel; empty if nobody handles it. */
    Optional<String> protocol(String name) {
        return inUse(name).map(Handler::protocol);
    }

    /** Who handles a channel now. */
    Optional<ChannelHandler> handler(String name) {
        return inUse(name).map(Handler::service);
    }

    void add(ChannelSocket socket) {
        sockets.add(socket);
        if (stopped) {
            socket.goAway("the server stops or is being updated");
        } else {
            socket.follow();
        }
    }

    void remove(ChannelSocket socket) {
        sockets.remove(socket);
    }

    /** Runs {@code action} when a client had its time to answer a close. */
    void afterClose(Runnable action) {
        try {
            timer.schedule(action, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the channels have stopped: no time is given", e);
            action.run();
        }
    }

    private Optional<Handler> inUse(String name) {
        List<Handler> all = handlers.getOrDefault(name, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private void reconsider(String name) {
        sockets.stream().filter(socket -> socket.name().equals(name)).forEach(ChannelSocket::follow);
    }

    /** One socket's failure is no other's, and does not end the timer. */
    private void each(String what, Consumer<ChannelSocket> action) {
        for (ChannelSocket socket : sockets) {
            try {
                action.accept(socket);
            } catch (RuntimeException e) {
                LOG.warn("{} of a {} channel failed", what, socket.name(), e);
            }
        }
    }

    private static String nameOf(ServiceReference<ChannelHandler> reference) {
        return String.valueOf(reference.getProperty(ChannelHandler.NAME));
    }
}
