package org.catseye.web.control;

import java.util.Optional;
import org.catseye.hid.HidSession;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub that gives out sessions, which may vanish at any moment. */
final class HandsSource {

    private static final Logger LOG = LoggerFactory.getLogger(HandsSource.class);

    private final ComponentServiceObjects<HidSession> objects;

    HandsSource(ComponentServiceObjects<HidSession> objects) {
        this.objects = objects;
    }

    /** A session of one's own; nothing if the hub is going just now. */
    Optional<Hands> take() {
        try {
            return Optional.ofNullable(objects.getService()).map(session -> new Hands(this, session));
        } catch (RuntimeException e) {
            LOG.debug("A keyboard hub gave no session.", e);
            return Optional.empty();
        }
    }

    /** A session, and where it is to be given back. */
    record Hands(HandsSource source, HidSession session) {

        /** Lets go of all keys and of the session; harmless if the hub has gone and did so already. */
        void giveBack() {
            try {
                session.releaseAll();
            } catch (RuntimeException | LinkageError e) {
                LOG.debug("A keyboard hub went before its session.", e);
            }
            try {
                source.objects.ungetService(session);
            } catch (RuntimeException e) {
                LOG.debug("A keyboard hub took its session back before.", e);
            }
        }
    }
}
