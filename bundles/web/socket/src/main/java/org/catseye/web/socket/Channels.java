package org.catseye.web.socket;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.web.ChannelHandler;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The open channels and their handlers, by the channel's name. */
@Component(service = Channels.class)
public final class Channels {

    private static final long PING_SECONDS = 15;

    private final Set<ChannelSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService pings;

    private record Handler(ChannelHandler service, String protocol) {
    }

    @Activate
    public Channels() {
        pings = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "channel-pings");
            thread.setDaemon(true);
            return thread;
        });
        pings.scheduleAtFixedRate(() -> sockets.forEach(ChannelSocket::ping), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void deactivate() {
        pings.shutdownNow();
        sockets.forEach(socket -> socket.goAway("the server stops or is being updated"));
        sockets.forEach(socket -> socket.handOver(null, null));
    }

    /** A newer handler comes before the old one goes. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ChannelHandler handler, ServiceReference<ChannelHandler> reference) {
        String name = nameOf(reference);
        String protocol = String.valueOf(reference.getProperty(ChannelHandler.PROTOCOL));
        handlers.put(name, new Handler(handler, protocol));
        sockets.stream().filter(socket -> socket.name().equals(name)).forEach(socket -> socket.handOver(null, handler));
    }

    void unbindHandler(ChannelHandler handler, ServiceReference<ChannelHandler> reference) {
        String name = nameOf(reference);
        handlers.computeIfPresent(name, (key, kept) -> kept.service() == handler ? null : kept);
        sockets.stream().filter(socket -> socket.name().equals(name)).forEach(socket -> socket.handOver(handler, null));
    }

    /** The subprotocol of a channel; empty if nobody handles it. */
    Optional<String> protocol(String name) {
        return Optional.ofNullable(handlers.get(name)).map(Handler::protocol);
    }

    void add(ChannelSocket socket) {
        sockets.add(socket);
        Handler handler = handlers.get(socket.name());
        socket.handOver(null, handler == null ? null : handler.service());
    }

    void remove(ChannelSocket socket) {
        sockets.remove(socket);
    }

    private static String nameOf(ServiceReference<ChannelHandler> reference) {
        return String.valueOf(reference.getProperty(ChannelHandler.NAME));
    }
}
