package org.catseye.web.control;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Services of one kind for one target, the best first as the framework orders them. Thread-safe; reading takes no lock. */
final class Ranked<S> {

    private record Place(int ranking, long id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::ranking).reversed().thenComparingLong(Place::id);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final TreeMap<Place, S> services = new TreeMap<>();
    private volatile Optional<S> best = Optional.empty();
    private volatile boolean known;

    synchronized void add(Map<String, Object> properties, S service) {
        services.put(place(properties), service);
        known = true;
        choose();
    }

    /** @return the service that had this id, if any */
    synchronized Optional<S> remove(long id) {
        Optional<Place> place = services.keySet().stream().filter(key -> key.id() == id).findFirst();
        Optional<S> removed = place.map(services::remove);
        choose();
        return removed;
    }

    Optional<S> best() {
        return best;
    }

    /** Whether there ever was one: if there is none now, it is being replaced. */
    boolean known() {
        return known;
    }

    synchronized boolean isEmpty() {
        return services.isEmpty();
    }

    private void choose() {
        best = services.isEmpty() ? Optional.empty() : Optional.of(services.firstEntry().getValue());
    }

    private static Place place(Map<String, Object> properties) {
        return new Place(properties.get("service.ranking") instanceof Integer ranking ? ranking : 0, id(properties));
    }

    static long id(Map<String, Object> properties) {
        return (Long) properties.get("service.id");
    }
}
