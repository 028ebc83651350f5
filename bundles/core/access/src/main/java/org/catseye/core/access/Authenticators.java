package org.catseye.core.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.access.AccessException;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.DeviceUsers;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who know users, the highest service ranking first. They come and go while people log in. Thread-safe. */
final class Authenticators {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticators.class);

    /** One of them. {@code name} stays with the sessions that it vouches for. */
    record Source(String name, int ranking, long id, Authenticator service) {

        /** Whether it answers from memory, at each request. */
        boolean onDevice() {
            return service instanceof DeviceUsers;
        }
    }

    /**
     * How it went.
     *
     * @param by who knows the user; empty if nobody does, or if the password is wrong
     * @param unavailable whether nobody at all could look
     */
    record Verdict(Optional<Source> by, Optional<Answer.Known> known, boolean unavailable) {
        static final Verdict REFUSED = new Verdict(Optional.empty(), Optional.empty(), false);
    }

    private static final Comparator<Source> FIRST_ASKED = Comparator.comparingInt(Source::ranking).reversed().thenComparingLong(Source::id);

    private final Asking asking;
    private final CountDownLatch seen = new CountDownLatch(1);
    /** Replaced whole, under this. */
    private volatile List<Source> inOrder = List.of();
    /** The roles of the device, also while its users are away. */
    private volatile Map<String, Rights> lastRoles = Map.of();
    /** Those whose last word was that they cannot tell. */
    private final Map<Long, String> speechless = new ConcurrentHashMap<>();

    Authenticators(Asking asking) {
        this.asking = asking;
    }

    synchronized Source add(Authenticator service, Map<String, Object> properties) {
        Source source = new Source(String.valueOf(properties.get(Authenticator.NAME)),
                properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0, id(properties), service);
        List<Source> changed = new ArrayList<>(inOrder);
        changed.add(source);
        changed.sort(FIRST_ASKED);
        inOrder = Collections.unmodifiableList(changed);
        seen.countDown();
        return source;
    }

    /** It is going; what it knew by heart is kept. */
    synchronized Optional<Source> remove(Map<String, Object> properties) {
        Optional<Source> going = inOrder.stream().filter(source -> source.id() == id(properties)).findFirst();
        going.ifPresent(source -> {
            if (source.service() instanceof DeviceUsers users) {
                lastRoles = users.roles();
            }
            inOrder = inOrder.stream().filter(other -> other != source).toList();
            speechless.remove(source.id());
        });
        return going;
    }

    private static long id(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_ID) instanceof Long id ? id : 0;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    int size() {
        return inOrder.size();
    }

    List<Source> all() {
        return inOrder;
    }

    /** Waits until the first has come, after the start. */
    boolean awaitOne(long millis) {
        try {
            return seen.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<Source> named(String name) {
        return inOrder.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    Optional<DeviceUsers> device() {
        return onDevice().map(source -> (DeviceUsers) source.service());
    }

    /** Where the users of this device come from. */
    Optional<Source> onDevice() {
        return inOrder.stream().filter(Source::onDevice).findFirst();
    }

    /** What a role allows; a role that does not exist gives nothing. */
    Rights role(String name) {
        return name.equals(Rights.ADMIN_ROLE) ? Rights.ALL : device().map(DeviceUsers::roles).orElse(lastRoles).getOrDefault(name, Rights.NONE);
    }

    /** Asks one after the other who this is. The first who knows the name decides. */
    Verdict who(String user, char[] password) throws AccessException {
        List<Source> asked = inOrder;
        int without = 0;
        for (Source source : asked) {
            Answer answer = ask(source, () -> source.service().authenticate(user, password));
            if (answer instanceof Answer.Known known) {
                return new Verdict(Optional.of(source), Optional.of(known), false);
            } else if (answer instanceof Answer.Refused) {
                return new Verdict(Optional.of(source), Optional.empty(), false);
            } else if (answer instanceof Answer.Unavailable) {
                without++;
            }
        }
        return without == asked.size() ? new Verdict(Optional.empty(), Optional.empty(), true) : Verdict.REFUSED;
    }

    /** Whether this is the password of a user of this authenticator; no other is asked. */
    Answer authenticate(Source source, String user, char[] password) throws AccessException {
        return ask(source, () -> source.service().authenticate(user, password));
    }

    /** Whether somebody may go on. */
    Answer check(Source source, String user) {
        try {
            return source.onDevice() ? source.service().check(user) : ask(source, () -> source.service().check(user));
        } catch (AccessException | RuntimeException e) {
            return new Answer.Unavailable(e.toString());
        }
    }

    /** Whether somebody's last word was that he cannot tell: known or unknown users hear it alike. */
    boolean someoneIsSpeechless() {
        return !speechless.isEmpty();
    }

    /** Those in memory are called as they are; others get a bounded time on a thread of their own. */
    private Answer ask(Source source, Asking.Question question) throws AccessException {
        Answer answer;
        try {
            answer = source.onDevice() ? question.ask() : asking.ask(question);
        } catch (RuntimeException e) {
            LOG.warn("The authenticator {} failed", source.name(), e);
            answer = new Answer.Unavailable("it failed");
        }
        if (!(answer instanceof Answer.Unavailable out)) {
            if (speechless.remove(source.id()) != null) {
                LOG.info("The authenticator {} answers again", source.name());
            }
        } else if (speechless.put(source.id(), out.reason()) == null) {
            LOG.warn("The authenticator {} cannot say who anybody is: {}. Its users cannot log in until it can.", source.name(), out.reason());
        }
        return answer;
    }
}
