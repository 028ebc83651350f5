package org.catseye.web.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.web.Channel;
import org.catseye.web.control.lease.LeaseRules;

/** A handler with fake channels, users and hubs, and a clock that the test moves. */
final class ControlBench {

    long now = 1;
    final Access access = new Access();
    /** The audit log, one line per entry. */
    final List<String> audit = new CopyOnWriteArrayList<>();
    final Audit record = new Record();
    /** It ticks only when the test calls it: its own period is an hour. */
    final ControlHandler handler;

    ControlBench() {
        this(false);
    }

    ControlBench(boolean shared) {
        LeaseRules rules = new LeaseRules(shared, Duration.ofMinutes(15), Duration.ofSeconds(10));
        handler = new ControlHandler(rules, access, record, () -> now, TimeUnit.HOURS.toMillis(1));
    }

    /** Moves the clock, then ticks. */
    void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        handler.handleTick();
    }

    static Map<String, Object> properties(long id, String target) {
        return new HashMap<>(Map.of("service.id", id, Target.ID, target));
    }

    /** A hub for a target. */
    FakeKeyboardHub plug(long id, String target) {
        FakeKeyboardHub hub = new FakeKeyboardHub();
        handler.bindInput(hub, properties(id, target));
        return hub;
    }

    /** As when a hub stops: first the reference is unbound, then the service fails. */
    void unplug(FakeKeyboardHub hub, long id, String target) {
        handler.unbindInput(properties(id, target));
        hub.stopped = true;
    }

    /** A channel that keeps what was sent. */
    static final class Line implements Channel {
        private final String target;
        private final Session session;
        final List<String> sent = new ArrayList<>();
        /** Whether the session has ended. */
        final AtomicBoolean ended = new AtomicBoolean();

        Line(String target, String user) {
            this.target = target;
            session = new User(user, ended);
        }

        @Override
        public String targetId() {
            return target;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public synchronized void send(String text) {
            sent.add(text);
        }

        /** What was sent of a type, oldest first, each checked to be valid JSON. */
        synchronized List<String> sent(String type) {
            sent.forEach(ControlBench::assertJson);
            return sent.stream().filter(text -> text.startsWith("{\"type\":\"" + type + "\"")).toList();
        }

        String last(String type) {
            List<String> all = sent(type);
            return all.isEmpty() ? "nothing of type " + type : all.get(all.size() - 1);
        }
    }

    /** Throws unless it is one JSON object. */
    static void assertJson(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("no object: " + text);
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new AssertionError("trailing: " + text);
            }
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Grants the permissions that the test sets. */
    static final class Access implements AccessControl {
        Set<Permission> granted = EnumSet.of(Permission.VIEW, Permission.CONTROL);

        /** Overrides {@link #granted} for a user. */
        final Map<String, Set<Permission>> byUser = new HashMap<>();

        @Override
        public boolean hasPermission(Session session, Permission permission, String targetId) {
            return byUser.getOrDefault(session.user(), granted).contains(permission);
        }

        @Override
        public boolean claimed() {
            return true;
        }

        @Override
        public Login claim(String token, char[] password, String origin) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Login login(String user, char[] password, String oneTimePassword, String origin) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isKnownAddress(String address) {
            return false;
        }

        @Override
        public Optional<Session> session(String token) {
            return Optional.empty();
        }

        @Override
        public boolean logout(Session session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean recentlyProved(Session session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasSecondFactor(Session session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void proveAgain(Caller by, char[] password, String oneTimePassword) {
            throw new UnsupportedOperationException();
        }
    }

    /** Keeps the audit log. */
    private final class Record implements Audit {
        @Override
        public void record(String action, String user, String address, Map<String, String> details) {
            audit.add(action + " " + user + " " + new TreeMap<>(details) + (address.equals("at " + user) ? "" : " from " + address));
        }

        @Override
        public List<Entry> newest(int most) {
            throw new UnsupportedOperationException("not read in these tests");
        }
    }

    private record User(String user, AtomicBoolean ended) implements Session {
        @Override
        public String address() {
            return "at " + user;
        }

        @Override
        public Instant expires() {
            return Instant.MAX;
        }

        @Override
        public boolean valid() {
            return !ended.get();
        }

        @Override
        public Registration onEnd(Runnable action) {
            return () -> { };
        }
    }

    /** Reports the state that the test sets; a subscription fails, because it would count as a viewer. */
    static final class Video implements VideoHub {
        VideoState state = new VideoState(VideoState.Condition.NO_SIGNAL, "no cable", Optional.empty(), 0, 0, 0, 0);

        @Override
        public VideoState currentState() {
            return state;
        }

        @Override
        public Subscription subscribe(FrameListener listener, Set<Codec> accepts) {
            throw new AssertionError("the control socket is no viewer");
        }
    }

    record Named(String id, String label) implements Target {
        @Override
        public Set<Capability> presentCapabilities() {
            return Set.of();
        }
    }
}
