package org.catseye.core.access.authenticator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.access.AccessException;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.PasswordAuthenticator;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.services.BoundService;
import org.catseye.services.RankedServices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authenticators, the one with the highest service ranking first. They may be added and removed while users log in. Thread-safe. */
public final class Authenticators {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticators.class);

    private final AuthenticatorCalls calls;
    private final CountDownLatch firstBound = new CountDownLatch(1);
    private final RankedServices<BoundAuthenticator> services = new RankedServices<>();
    /** The roles of this device, kept while its users are unavailable. */
    private volatile Map<String, Rights> lastRoles = Map.of();
    /** Those whose last answer was that they are unavailable. */
    private final Set<BoundAuthenticator> unavailable = ConcurrentHashMap.newKeySet();

    public Authenticators(AuthenticatorCalls calls) {
        this.calls = calls;
    }

    public BoundAuthenticator addAuthenticator(Authenticator service, Map<String, Object> properties) {
        BoundAuthenticator added = new BoundAuthenticator(String.valueOf(properties.get(Authenticator.NAME)), service);
        services.add(properties, added);
        firstBound.countDown();
        return added;
    }

    /** @return what was removed; the roles of this device are kept */
    public Optional<BoundAuthenticator> removeAuthenticator(Map<String, Object> properties) {
        Optional<BoundAuthenticator> removed = services.remove(properties).map(BoundService::service);
        removed.ifPresent(authenticator -> {
            if (authenticator.service() instanceof LocalUsers users) {
                lastRoles = users.roles();
            }
            unavailable.remove(authenticator);
        });
        return removed;
    }

    public boolean isEmpty() {
        return services.isEmpty();
    }

    public List<BoundAuthenticator> listAuthenticators() {
        return services.listServices().stream().map(BoundService::service).toList();
    }

    /** Waits for the first authenticator after the start. */
    public boolean awaitFirst(long timeoutMillis) {
        try {
            return firstBound.await(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public Optional<BoundAuthenticator> findByName(String name) {
        return listAuthenticators().stream().filter(authenticator -> authenticator.name().equals(name)).findFirst();
    }

    public Optional<LocalUsers> findLocalUsers() {
        return findLocal().map(authenticator -> (LocalUsers) authenticator.service());
    }

    /** The authenticator of the users of this device. */
    public Optional<BoundAuthenticator> findLocal() {
        return listAuthenticators().stream().filter(BoundAuthenticator::isLocal).findFirst();
    }

    /** The rights of a role; a role that does not exist gives none. */
    public Rights rightsOfRole(String name) {
        return name.equals(Rights.ADMIN_ROLE) ? Rights.ALL : findLocalUsers().filter(LocalUsers::isLoaded).map(LocalUsers::roles).orElse(lastRoles).getOrDefault(name, Rights.NONE);
    }

    /** Asks those that take passwords, one after the other. The first one that has a user of this name decides. */
    public LoginAnswer authenticate(String user, char[] password) throws AccessException {
        List<BoundAuthenticator> all = listAuthenticators().stream().filter(each -> each.service() instanceof PasswordAuthenticator).toList();
        int unanswered = 0;
        for (BoundAuthenticator authenticator : all) {
            Answer answer = authenticate(authenticator, user, password);
            if (answer instanceof Answer.Known known) {
                return new LoginAnswer(Optional.of(authenticator), Optional.of(known), false);
            } else if (answer instanceof Answer.Refused) {
                return new LoginAnswer(Optional.of(authenticator), Optional.empty(), false);
            } else if (answer instanceof Answer.Unavailable) {
                unanswered++;
            }
        }
        return unanswered == all.size() ? new LoginAnswer(Optional.empty(), Optional.empty(), true) : LoginAnswer.REFUSED;
    }

    /** Whether this is the password of a user of this authenticator; no other is asked. One that takes no passwords has no such user. */
    public Answer authenticate(BoundAuthenticator authenticator, String user, char[] password) throws AccessException {
        if (!(authenticator.service() instanceof PasswordAuthenticator service)) {
            return new Answer.NotMine();
        }
        return askAuthenticator(authenticator, () -> service.authenticate(user, password));
    }

    /** Whether a user may continue. */
    public Answer checkUser(BoundAuthenticator authenticator, String user) {
        try {
            return authenticator.isLocal() ? authenticator.service().check(user)
                    : askAuthenticator(authenticator, () -> authenticator.service().check(user));
        } catch (AccessException | RuntimeException e) {
            return new Answer.Unavailable(e.toString());
        }
    }

    /** Whether the last answer of an authenticator was that it is unavailable. Independent of any user. */
    public boolean isAnyUnavailable() {
        return !unavailable.isEmpty();
    }

    /** The users of this device are asked on this thread; other authenticators get a bounded time on a thread of their own. */
    public Answer askAuthenticator(BoundAuthenticator authenticator, AuthenticatorCalls.Question question) throws AccessException {
        Answer answer;
        try {
            answer = authenticator.isLocal() ? question.askAuthenticator() : calls.callAuthenticator(question);
        } catch (RuntimeException e) {
            LOG.warn("The authenticator {} failed", authenticator.name(), e);
            answer = new Answer.Unavailable("it failed");
        }
        logAvailability(authenticator, answer);
        return answer;
    }

    private void logAvailability(BoundAuthenticator authenticator, Answer answer) {
        if (!(answer instanceof Answer.Unavailable reason)) {
            if (unavailable.remove(authenticator)) {
                LOG.info("The authenticator {} is available again", authenticator.name());
            }
        } else if (unavailable.add(authenticator)) {
            LOG.warn("The authenticator {} is unavailable: {}. Its users cannot log in until it answers.", authenticator.name(), reason.reason());
        }
    }
}
