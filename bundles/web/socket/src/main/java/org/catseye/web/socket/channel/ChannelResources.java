package org.catseye.web.socket.channel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.services.BoundService;
import org.catseye.services.OwnRegistration;
import org.catseye.web.ChannelHandler;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registers the resource of a channel for each of its handlers, with the handler's ranking. */
@Component(service = {})
public final class ChannelResources {

    private final BundleContext context;
    private final ConnectionOpener opener;
    private final Channels channels;
    /** By the service id of the handler. */
    private final Map<Long, OwnRegistration<TargetResource>> registrations = new ConcurrentHashMap<>();

    @Activate
    public ChannelResources(BundleContext context, @Reference ConnectionOpener opener, @Reference Channels channels) {
        this.context = context;
        this.opener = opener;
        this.channels = channels;
    }

    @Deactivate
    void deactivate() {
        registrations.values().forEach(OwnRegistration::unregister);
    }

    /** By reference only: {@link Channels} uses the handler. */
    @Reference(service = ChannelHandler.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ServiceReference<ChannelHandler> reference) {
        BoundService<ServiceReference<ChannelHandler>> bound = BoundService.fromReference(reference, reference);
        Optional<String> name = bound.textProperty(ChannelHandler.NAME);
        if (name.isPresent()) {
            OwnRegistration<TargetResource> registration = new OwnRegistration<>();
            registrations.put(bound.serviceId(), registration);
            registration.register(() -> context.registerService(TargetResource.class, new ChannelResource(opener, channels, name.get()),
                    FrameworkUtil.asDictionary(Map.of(TargetResource.NAME, name.get(), Constants.SERVICE_RANKING, bound.ranking()))));
        }
    }

    void unbindHandler(ServiceReference<ChannelHandler> reference) {
        OwnRegistration<TargetResource> registration = registrations.remove(BoundService.serviceIdOf(reference));
        if (registration != null) {
            registration.unregister();
        }
    }
}
