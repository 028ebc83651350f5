package org.catseye.core.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.LoginResponse;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.authenticator.AuthenticatorCalls;
import org.catseye.core.access.authenticator.Authenticators;
import org.catseye.core.access.authenticator.BoundAuthenticator;
import org.catseye.core.access.authenticator.UserRecheck;
import org.catseye.core.access.authenticator.UserStatus;
import org.catseye.core.access.login.ChallengeLogins;
import org.catseye.core.access.login.IdentityCheck;
import org.catseye.core.access.login.KnownDevices;
import org.catseye.core.access.login.LoginAttempts;
import org.catseye.core.access.login.LoginProcess;
import org.catseye.core.access.login.RefusalDelay;
import org.catseye.core.access.proof.ProofClock;
import org.catseye.core.access.session.ApiToken;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionFiles;
import org.catseye.core.access.session.SessionRecord;
import org.catseye.core.access.session.SessionRegistry;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access control: logs in users that an authenticator confirms, and keeps their sessions in {@code <home>/access/sessions.json}. Thread-safe. */
@Component(service = {AccessControl.class, AccessService.class}, immediate = true, configurationPid = AccessConfig.PID)
@Designate(ocd = AccessConfig.class)
public final class AccessService implements AccessControl {

    private static final Logger LOG = LoggerFactory.getLogger(AccessService.class);

    private final InstantSource time;
    private final Audit audit;
    private volatile AccessSettings settings;
    private final SessionRegistry sessions;
    private final AuthenticatorCalls calls = new AuthenticatorCalls(Duration.ofSeconds(Authenticator.PATIENCE_SECONDS));
    private final Authenticators authenticators = new Authenticators(calls);
    private final UserStatus status;
    private final UserRecheck recheck;
    private final LoginAttempts attempts;
    private final KnownDevices devices;
    private final LoginProcess logins;
    private final ChallengeLogins challengeLogins;
    private final IdentityCheck identityCheck;
    private final BackgroundTasks tasks;
    private final Map<Authenticator, Session.Registration> userListeners = new ConcurrentHashMap<>();

    @Activate
    public AccessService(Map<String, ?> properties, BundleContext context, @Reference Audit audit) {
        this(AccessSettings.fromProperties(properties, context::getProperty), InstantSource.system(), System::nanoTime, TimeUnit.NANOSECONDS::sleep, audit);
    }

    AccessService(AccessSettings settings, InstantSource time, LongSupplier nanos, RefusalDelay.Pause pause, Audit audit) {
        this.audit = audit;
        this.time = time;
        this.settings = settings;
        this.sessions = new SessionRegistry(new SessionFiles(settings.folder()), () -> this.settings.limits(),
                new ProofClock(time, nanos, () -> this.settings.proofAge()));
        this.status = new UserStatus(authenticators, time, () -> this.settings.trust());
        this.recheck = new UserRecheck(authenticators, status, sessions, time, () -> this.settings.recheck());
        this.attempts = new LoginAttempts(nanos);
        this.devices = new KnownDevices(new SecretFile(settings.folder().resolve("browsers.secret")), time);
        this.logins = new LoginProcess(authenticators, status, sessions, attempts, devices, new RefusalDelay(nanos, pause), nanos, audit);
        this.challengeLogins = new ChallengeLogins(authenticators, logins, attempts, time, nanos, audit);
        this.identityCheck = new IdentityCheck(authenticators, status, sessions, attempts, audit);
        this.tasks = new BackgroundTasks(this::loadSessions, sessions, status, authenticators, recheck);
    }

    @Activate
    void start() {
        tasks.start();
    }

    /** With another instance, all sockets would close, and a login at this moment would be lost. */
    @Modified
    void modify(Map<String, ?> properties, BundleContext context) {
        applySettings(AccessSettings.fromProperties(properties, context::getProperty));
    }

    void applySettings(AccessSettings changed) {
        settings = changed;
        refreshRights();
    }

    /** Before the first login: attackers must not lock out users whose sessions show from where they logged in. */
    private void loadSessions() {
        sessions.loadSessions().stream().filter(kept -> kept.token().isEmpty()).sorted(Comparator.comparing(SessionRecord::used))
                .forEach(kept -> attempts.addKnownAddress(kept.user(), kept.address()));
    }

    @Deactivate
    void stop() {
        tasks.stop();
        calls.close();
        userListeners.values().forEach(Session.Registration::close);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator service, Map<String, Object> properties) {
        BoundAuthenticator added = authenticators.addAuthenticator(service, properties);
        LOG.debug("Authenticator {} was added", added.name());
        if (service instanceof LocalUsers users) {
            userListeners.put(service, users.addListener(this::refreshRights));
        }
        refreshRights();
        tasks.recheckSoon();
    }

    void unbindAuthenticator(Authenticator service, Map<String, Object> properties) {
        authenticators.removeAuthenticator(properties).ifPresent(removed -> {
            status.startTrust(removed.name());
            Optional.ofNullable(userListeners.remove(removed.service())).ifPresent(Session.Registration::close);
            refreshRights();
        });
    }

    /** Users, roles, authenticators or settings have changed: replaces the rights of all sessions before this returns. */
    private void refreshRights() {
        status.refreshSessions(sessions.listSessions());
    }

    BackgroundTasks tasks() {
        return tasks;
    }

    @Override
    public boolean claimed() {
        tasks.awaitReady();
        return authenticators.findLocalUsers().map(LocalUsers::isClaimed).orElse(true);
    }

    private void requireAuthenticator() throws AccessException {
        tasks.awaitReady();
        if (authenticators.isEmpty()) {
            throw new AccessException(Reason.UNAVAILABLE, "No user can log in currently: no bundle that authenticates users is running. The log of the device "
                    + "describes the way back in, with a shell on the device and bin/catseye recover.");
        }
    }

    @Override
    public Login claim(String token, char[] password, String origin) throws AccessException {
        requireAuthenticator();
        return logins.claimDevice(token, password, origin);
    }

    @Override
    public Login login(String user, char[] password, String oneTimePassword, String origin) throws AccessException {
        return login(user, password, oneTimePassword, origin, "");
    }

    @Override
    public Login login(String user, char[] password, String oneTimePassword, String origin, String device) throws AccessException {
        requireAuthenticator();
        if (!claimed()) {
            throw new AccessException(Reason.NOT_CLAIMED, "This device has no owner yet. Open /setup with the token that was printed to the log.");
        }
        return logins.logIn(user, password, oneTimePassword, origin, device);
    }

    @Override
    public String issueDeviceToken(Session session) {
        return devices.issueToken(session.user());
    }

    @Override
    public boolean isKnownDevice(String device) {
        return devices.isKnownDevice(device);
    }

    @Override
    public boolean isKnownAddress(String address) {
        return attempts.isKnownAddress(address);
    }

    @Override
    public Optional<Session> session(String token) {
        tasks.awaitReady();
        authenticators.findLocalUsers().ifPresent(LocalUsers::awaitReadable);
        return sessions.findSession(token).filter(status::refreshSession).map(Session.class::cast);
    }

    @Override
    public boolean logout(Session session) {
        boolean stored = true;
        if (session instanceof LiveSession ours) {
            stored = sessions.endSession(ours);
            LOG.info("{} logged out", ours.user());
            audit.record("logout", ours.user(), ours.address(), Map.of("session", ours.id()));
        }
        return stored;
    }

    @Override
    public boolean hasPermission(Session session, Permission permission, String targetId) {
        return session instanceof LiveSession ours && ours.hasPermission(permission, targetId);
    }

    @Override
    public boolean recentlyProved(Session session) {
        return session instanceof LiveSession ours && isCurrent(ours) && ours.hasRecentProof();
    }

    @Override
    public boolean hasSecondFactor(Session session) {
        return session instanceof LiveSession ours && isCurrent(ours) && identityCheck.hasSecondFactor(ours);
    }

    @Override
    public void proveAgain(Caller by, char[] password, String oneTimePassword) throws AccessException {
        identityCheck.proveAgain(requireLoggedIn(by), password, oneTimePassword, by.address());
    }

    /** As the other one, with the response to a challenge. */
    public void proveAgain(Caller by, String id, LoginResponse response) throws AccessException {
        LiveSession session = requireLoggedIn(by);
        identityCheck.proveByChallenge(session, by.address(), () -> challengeLogins.isResponseOf(session, id, response));
    }

    private LiveSession requireLoggedIn(Caller by) throws AccessException {
        if (!isLoggedIn(by.session())) {
            throw new AccessException(Reason.FORBIDDEN, "Only a user who is logged in can do this.");
        }
        return (LiveSession) by.session();
    }

    private boolean isCurrent(LiveSession session) {
        return session.valid() && sessions.containsSession(session);
    }

    // For the administration of users and sessions.

    public SessionRegistry sessions() {
        return sessions;
    }

    public ChallengeLogins challengeLogins() {
        return challengeLogins;
    }

    /** The only place where a user who is logged in gives a password or a code. */
    public IdentityCheck identityCheck() {
        return identityCheck;
    }

    public InstantSource time() {
        return time;
    }

    /** The short name of the authenticator of a session; empty if the session is not valid here. */
    public String authenticatorOf(Session session) {
        return session instanceof LiveSession ours && isCurrent(ours) ? ours.authenticator() : "";
    }

    /** Whether a user is logged in with this session, and not a program with an API token. */
    public boolean isLoggedIn(Session session) {
        return session instanceof LiveSession ours && !ours.isApiToken() && isCurrent(ours) && status.refreshSession(ours);
    }

    /** Opens a login for a user of this device whose password was just changed with the old one. */
    public Login openSession(Identity identity, String address) throws AccessException {
        return logins.openSession(LocalUsers.AUTHENTICATOR, identity, address);
    }

    /** The rights of users of sessions. */
    public UserStatus userStatus() {
        return status;
    }

    /** Creates an API token for the user of a session. */
    public Login createToken(Caller by, ApiToken token) throws AccessException {
        LiveSession session = (LiveSession) by.session();
        Identity owner = status.findIdentity(session).orElseThrow(() -> new AccessException(Reason.FORBIDDEN, "Your account no longer exists."));
        Login created = sessions.createToken(session.authenticator(), owner, by.address(), token);
        if (!sessions.isStored()) {
            sessions.endSession((LiveSession) created.session());
            throw new AccessException(Reason.NOT_STORED, "The token was not created: the disk is full or not writable.");
        }
        status.refreshSession((LiveSession) created.session());
        return created;
    }

    /**
     * The password, the rights or the existence of a user of this device has changed. Ends the logins of this user. API tokens end if they are void;
     * otherwise what is open with them closes. When this returns, all these sockets are closed.
     */
    public void endSessionsOfUser(String user) {
        String name = LocalUsers.AUTHENTICATOR;
        Answer now = authenticators.findByName(name).<Answer>map(authenticator -> authenticators.checkUser(authenticator, user))
                .orElseGet(Answer.NotMine::new);
        if (now instanceof Answer.Known known) {
            sessions.endSessionsOf(name, known.identity());
        } else {
            status.forgetUser(name, user);
            sessions.endSessionsOf(name, user);
        }
        recheck.suspendUnconfirmedSessions();
    }

    /** The rights of a role have changed. Closes what is open by it, also for users of other authenticators; it may be opened again. */
    public void endSessionsOfRole(String role) {
        for (LiveSession session : sessions.listSessions()) {
            if (!status.refreshSession(session) && authenticators.findByName(session.authenticator()).filter(BoundAuthenticator::isLocal).isPresent()) {
                sessions.endSession(session);
            } else if (status.hasRole(session, role)) {
                sessions.suspendSession(session);
            }
        }
    }

    /** Writes a change to the log and to the audit log. */
    public void recordChange(Caller by, String action, Map<String, String> details) {
        LOG.info("{} by {} from {}: {}", action, by.session().user(), by.address(), details);
        audit.record(action, by.session().user(), by.address(), details);
    }
}
