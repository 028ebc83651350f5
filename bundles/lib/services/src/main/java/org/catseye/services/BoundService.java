package org.catseye.services;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.targets.Target;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * A service with the properties it had when it was bound or modified. The natural order puts the service to be used first.
 *
 * @param service the service itself, or whatever the binder keeps for it: a wrapper, a {@code ServiceReference}, service objects
 * @param properties as the framework gives them, {@code service.id} among them; unmodifiable
 */
public record BoundService<S>(S service, Map<String, Object> properties) implements Comparable<BoundService<S>> {

    /** @throws IllegalArgumentException if the properties have no {@code service.id} */
    public BoundService {
        Objects.requireNonNull(service, "service");
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        serviceIdOf(properties);
    }

    /** With the reference's current properties. */
    public static <S> BoundService<S> fromReference(ServiceReference<?> reference, S service) {
        return new BoundService<>(service, FrameworkUtil.asMap(reference.getProperties()));
    }

    /** The framework's number for this service; never used twice while the framework runs. */
    public long serviceId() {
        return serviceIdOf(properties);
    }

    /** The service ranking; 0 if there is none or it is not an Integer, as the framework has it. */
    public int ranking() {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    /** A property that is a non-blank text. */
    public Optional<String> textProperty(String key) {
        return properties.get(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** The first persistent identity ({@code service.pid} may hold several). */
    public Optional<String> servicePid() {
        Object pid = properties.get(Constants.SERVICE_PID);
        Collection<?> all = pid instanceof Object[] several ? List.of(several) : pid instanceof Collection<?> several ? several
            : pid == null ? List.of() : List.of(pid);
        return all.stream().map(String::valueOf).findFirst();
    }

    /**
     * The id of the target this service belongs to: {@code kvm.target}, or {@code default} if the property is absent.
     *
     * @throws BadValueException if the property is not an id: {@link Target#invalidId} with the service's PID, else its label
     */
    public String targetId() throws BadValueException {
        Object id = properties.get(Target.ID);
        if (id == null) {
            return Target.DEFAULT;
        }
        if (id instanceof String text && text.matches(Target.ID_PATTERN)) {
            return text;
        }
        String name = servicePid().or(() -> textProperty(Target.LABEL)).or(() -> textProperty("component.name"))
            .orElse("service " + serviceId());
        throw Target.invalidId(name, id);
    }

    /** Higher ranking first, then the older service. */
    @Override
    public int compareTo(BoundService<S> other) {
        int byRanking = Integer.compare(other.ranking(), ranking());
        return byRanking != 0 ? byRanking : Long.compare(serviceId(), other.serviceId());
    }

    /** @throws IllegalArgumentException if these are not the properties of a service */
    public static long serviceIdOf(Map<String, ?> properties) {
        if (properties.get(Constants.SERVICE_ID) instanceof Long id) {
            return id;
        }
        throw new IllegalArgumentException("these are not the properties of a service: there is no " + Constants.SERVICE_ID);
    }

    /** Works for a service that is unregistered already, too. */
    public static long serviceIdOf(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }
}
