package org.catseye.web.socket.channel;

import static org.junit.Assert.assertEquals;

import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.catseye.web.ChannelHandler;
import org.catseye.web.socket.FakeBundleContext;
import org.catseye.web.socket.FakeHttp;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.junit.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

public class ChannelResourcesTest {

    private final FakeBundleContext registry = new FakeBundleContext();
    private final Channels channels = new Channels();
    private final ChannelResources resources = new ChannelResources(registry.context(), new ConnectionOpener(), channels);

    @SuppressWarnings("unchecked")
    private static ServiceReference<ChannelHandler> handler(long number, Map<String, Object> properties) {
        Hashtable<String, Object> all = new Hashtable<>(properties);
        all.put(Constants.SERVICE_ID, number);
        return FakeHttp.proxy(ServiceReference.class, (self, called, args) -> called.getName().equals("getProperties") ? all : all.get(args[0]));
    }

    @Test
    public void aHandlerAddsTheResourceOfItsChannelWhileItIsThere() {
        ServiceReference<ChannelHandler> old = handler(7, Map.of(ChannelHandler.NAME, "control"));
        ServiceReference<ChannelHandler> newer = handler(8, Map.of(ChannelHandler.NAME, "control"));
        resources.bindHandler(old);
        assertEquals(Set.of("control 1"), registry.resources.keySet());
        resources.bindHandler(newer);
        resources.unbindHandler(old);
        assertEquals(Set.of("control 2"), registry.resources.keySet());
        resources.unbindHandler(newer);
        resources.unbindHandler(newer);
        assertEquals(Set.of(), registry.resources.keySet());
    }

    @Test
    public void aHandlerWithoutANameAddsNothing() {
        resources.bindHandler(handler(7, Map.of()));
        assertEquals(Set.of(), registry.resources.keySet());
        resources.unbindHandler(handler(7, Map.of()));
    }

    @Test
    public void whenItStopsNoResourceIsLeft() {
        resources.bindHandler(handler(7, Map.of(ChannelHandler.NAME, "control")));
        resources.bindHandler(handler(8, Map.of(ChannelHandler.NAME, "serial")));
        resources.deactivate();
        assertEquals(Set.of(), registry.resources.keySet());
        channels.deactivate();
    }
}
