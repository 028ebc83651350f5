package org.catseye.core.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.SessionKeeper;
import org.catseye.core.access.Authenticators.Source;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people in whom an authenticator knows, and keeps their sessions in {@code <home>/access/sessions.json}. */
@Component(service = {AccessControl.class, SessionKeeper.class, Doorkeeper.class}, immediate = true, configurationPid = AccessConfig.PID)
@Designate(ocd = AccessConfig.class)
public final class Doorkeeper implements AccessControl, SessionKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    private final InstantSource time;
    private final Audit audit;
    private final Sessions sessions;
    private final Asking asking = new Asking(Duration.ofSeconds(Authenticator.PATIENCE_SECONDS));
    private final Authenticators authenticators = new Authenticators(asking);
    private final Standing standing;
    private final Attempts attempts;
    private final Logins logins;
    private final Proofs proofs;
    private final Watch watch;

    @Activate
    public Doorkeeper(AccessConfig config, BundleContext context, @Reference Audit audit) {
        this(Settings.of(config, context::getProperty), InstantSource.system(), System::nanoTime, TimeUnit.NANOSECONDS::sleep, audit);
    }

    Doorkeeper(Settings settings, InstantSource time, LongSupplier nanos, Refusals.Pause pause, Audit audit) {
        this.audit = audit;
        this.time = time;
        this.sessions = new Sessions(new SecretFile(settings.folder().resolve("sessions.json")), settings.limits(),
                new ProofClock(time, nanos, settings.proofAge()));
        this.standing = new Standing(authenticators, time, settings.trust());
        this.attempts = new Attempts(nanos);
        this.logins = new Logins(authenticators, standing, sessions, attempts, new Refusals(nanos, pause), nanos, audit);
        this.proofs = new Proofs(authenticators, standing, sessions, attempts, audit);
        this.watch = new Watch(this::load, sessions, standing, authenticators, new Rechecks(authenticators, standing, sessions, time, settings.recheck()));
    }

    @Activate
    void open() {
        watch.start();
    }

    /** Before the first login: whose sessions are kept got in from there, and is not to be shut out by what others do to the name. */
    private void load() {
        sessions.load().stream().filter(kept -> kept.token().isEmpty()).sorted(Comparator.comparing(LiveSession.Record::used))
                .forEach(kept -> attempts.knows(kept.user(), kept.address()));
    }

    @Deactivate
    void close() {
        watch.stop();
        asking.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator service, Map<String, Object> properties) {
        Source source = authenticators.add(service, properties);
        LOG.debug("Authenticator {} is here", source.name());
        watch.recheckSoon();
    }

    void unbindAuthenticator(Authenticator service, Map<String, Object> properties) {
        authenticators.remove(properties).ifPresent(source -> standing.freeze(source.name()));
    }

    Instant now() {
        return time.instant();
    }

    Sessions sessions() {
        return sessions;
    }

    Watch watch() {
        return watch;
    }

    /** Puts on record, and tells the log, what somebody changed. The log leaves lines out when there are many of them, whoever causes them; the record counts per user. */
    void changed(Caller by, String action, Map<String, String> details) {
        LOG.info("{} by {} from {}: {}", action, by.session().user(), by.address(), details);
        audit.record(action, by.session().user(), by.address(), details);
    }

    @Override
    public boolean claimed() {
        needDevice();
        return authenticators.device().map(DeviceUsers::claimed).orElse(true);
    }

    /** After a start the users of the device may come a moment later than the first request. */
    private void needDevice() {
        watch.awaitReady();
    }

    private void needOpen() throws AccessException {
        needDevice();
        if (authenticators.isEmpty()) {
            throw new AccessException(Reason.UNAVAILABLE, "Nobody can log in just now: no bundle that knows users is running. Whoever has a shell "
                    + "on the device finds the way back in its log, and by bin/catseye recover.");
        }
    }

    @Override
    public Login claim(String token, char[] password, String origin) throws AccessException {
        needOpen();
        return logins.claim(token, password, origin);
    }

    @Override
    public Login login(String user, char[] password, String oneTimePassword, String origin) throws AccessException {
        needOpen();
        if (!claimed()) {
            throw new AccessException(Reason.NOT_CLAIMED, "This device has no owner yet. Open /setup with the token that was printed on the log.");
        }
        return logins.login(user, password, oneTimePassword, origin);
    }

    @Override
    public Optional<Session> session(String token) {
        needDevice();
        return sessions.find(token).filter(standing::stands).map(Session.class::cast);
    }

    @Override
    public void logout(Session session) {
        if (session instanceof LiveSession ours) {
            sessions.end(ours);
            LOG.info("{} logged out", ours.user());
            audit.record("logout", ours.user(), ours.kept().address(), Map.of("session", ours.id()));
        }
    }

    @Override
    public boolean hasPermission(Session session, Permission permission, String targetId) {
        return session instanceof LiveSession ours && isHeld(ours) && ours.leaves(permission, targetId) && standing.permits(ours, permission, targetId);
    }

    @Override
    public boolean recentlyProved(Session session) {
        return session instanceof LiveSession ours && isHeld(ours) && ours.recentlyProved();
    }

    @Override
    public boolean hasSecondFactor(Session session) {
        return session instanceof LiveSession ours && isHeld(ours) && proofs.hasSecondFactor(ours);
    }

    @Override
    public void proveAgain(Caller by, char[] password, String oneTimePassword) throws AccessException {
        if (!isInPerson(by.session())) {
            throw new AccessException(Reason.FORBIDDEN, "This needs a person who is logged in.");
        }
        proofs.proveAgain((LiveSession) by.session(), password, oneTimePassword, by.address());
    }

    private boolean isHeld(LiveSession session) {
        return session.valid() && sessions.holds(session);
    }

    // What those who keep users need.

    @Override
    public String authenticator(Session session) {
        return session instanceof LiveSession ours && isHeld(ours) ? ours.authenticator() : "";
    }

    /** Whether a person is logged in with it. */
    boolean isInPerson(Session session) {
        return session instanceof LiveSession ours && !ours.isToken() && isHeld(ours) && standing.stands(ours);
    }

    @Override
    public boolean inPerson(Session session, String authenticator, String user) {
        return isInPerson(session) && ((LiveSession) session).isOf(authenticator, user);
    }

    @Override
    public Attempt attempt(String user, String address) throws AccessException {
        return attempts.begin(user, address);
    }

    @Override
    public Login open(String authenticator, Identity identity, String address) {
        standing.learn(authenticator, identity);
        return sessions.open(authenticator, identity, address);
    }

    /** Makes an API token for who asks in person. */
    Login issue(Caller by, LiveSession.Token token) throws AccessException {
        LiveSession session = (LiveSession) by.session();
        Identity owner = standing.of(session).orElseThrow(() -> new AccessException(Reason.FORBIDDEN, "You are no user any more."));
        return sessions.issue(session.authenticator(), owner, by.address(), token);
    }

    @Override
    public void userChanged(String authenticator, String user) {
        Optional<Source> source = authenticators.named(authenticator);
        Answer now = source.<Answer>map(one -> authenticators.check(one, user)).orElseGet(Answer.NotMine::new);
        if (now instanceof Answer.Known known) {
            sessions.endAllOf(authenticator, known.identity());
        } else {
            standing.forget(authenticator, user);
            sessions.endAllOf(authenticator, user);
        }
        watch.restWhoDoesNotStand();
    }

    @Override
    public void roleChanged(String role) {
        for (LiveSession session : sessions.all()) {
            if (!standing.stands(session) && authenticators.named(session.authenticator()).filter(Source::onDevice).isPresent()) {
                sessions.end(session);
            } else if (standing.has(session, role)) {
                sessions.rest(session);
            }
        }
    }
}
