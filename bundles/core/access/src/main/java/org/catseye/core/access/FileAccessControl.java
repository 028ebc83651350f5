package org.catseye.core.access;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access control with its state in {@code <home>/access}. Files are read and an unattended claim is made on a thread of its own,
 * so that nobody's start waits; who asks before that is done waits for it.
 */
@Component(service = {AccessControl.class, FileAccessControl.class}, immediate = true, configurationPid = AccessConfig.PID)
@Designate(ocd = AccessConfig.class)
public final class FileAccessControl implements AccessControl {

    private static final Logger LOG = LoggerFactory.getLogger(FileAccessControl.class);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Settings settings;
    private final InstantSource time;
    private final Audit audit;
    private final UserStore store;
    private final Sessions sessions;
    private final Passwords passwords = new Passwords(Duration.ofSeconds(5));
    private final Claim claim;
    private final Attempts attempts;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(body -> {
        Thread made = new Thread(body, "catseye-access");
        made.setDaemon(true);
        return made;
    });

    @Activate
    public FileAccessControl(AccessConfig config, BundleContext context, @Reference Audit audit) {
        this(Settings.of(config, context::getProperty), InstantSource.system(), System::nanoTime, audit);
    }

    FileAccessControl(Settings settings, InstantSource time, LongSupplier nanos, Audit audit) {
        this.audit = audit;
        this.settings = settings;
        this.time = time;
        this.store = new UserStore(new SecretFile(settings.folder().resolve("users.json")));
        this.sessions = new Sessions(new SecretFile(settings.folder().resolve("sessions.json")), settings.limits(), time);
        this.claim = new Claim(store, passwords, new SetupToken(new SecretFile(settings.folder().resolve("setup-token"))), time);
        this.attempts = new Attempts(nanos);
    }

    @Activate
    void open() {
        thread.execute(this::load);
        thread.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isOpen(Duration.ZERO)) {
            sessions.suspend();
        }
    }

    private void load() {
        try {
            store.load();
            if (store.damaged()) {
                return;
            }
            if (claimedInStore()) {
                sessions.load(store.accounts());
                settings.passwordFile().ifPresent(file -> LOG.info("{}={}: ignored, the device is claimed already", Settings.PASSWORD_FILE, file));
                return;
            }
            settings.passwordFile().ifPresent(claim::byFile);
            if (claimedInStore()) {
                audit.record("claim", User.ADMIN, "", Map.of("by", "password file"));
            } else {
                claim.announce(settings.baseUrl());
            }
        } catch (RuntimeException e) {
            LOG.error("Access control cannot start; nobody can log in", e);
        } finally {
            opened.countDown();
        }
    }

    private void sweep() {
        try {
            sessions.sweep();
        } catch (RuntimeException e) {
            LOG.error("Looking for expired sessions failed", e);
        }
    }

    private boolean isOpen(Duration patience) {
        try {
            return opened.await(patience.toNanos(), TimeUnit.NANOSECONDS) && !store.damaged();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void needOpen() throws AccessException {
        if (!isOpen(PATIENCE)) {
            throw new AccessException(Reason.UNAVAILABLE, "Nobody can log in just now. The log of this device says why and how to mend it.");
        }
    }

    /** Puts on record, and tells the log, what somebody changed. */
    void changed(Caller by, String action, Map<String, String> details) {
        LOG.info("{} by {} from {}: {}", action, by.session().user(), by.address(), details);
        audit.record(action, by.session().user(), by.address(), details);
    }

    Instant now() {
        return time.instant();
    }

    UserStore store() {
        return store;
    }

    Sessions sessions() {
        return sessions;
    }

    Passwords passwords() {
        return passwords;
    }

    /** @throws AccessException what the change threw, or UNAVAILABLE if it cannot be kept */
    void changeUsers(UserStore.Change change) throws AccessException {
        try {
            store.change(change);
        } catch (IOException e) {
            LOG.error("The users cannot be kept, nothing was changed: {}", SecretFile.why(e));
            throw new AccessException(Reason.UNAVAILABLE, "The change could not be saved. The log says why.");
        }
    }

    /** Whether this user is logged in with it himself. */
    boolean isInPerson(Session session, String user) {
        return session instanceof LiveSession ours && !ours.isToken() && ours.user().equals(user) && ours.valid() && sessions.holds(ours) && sameUser(ours);
    }

    Attempts.Attempt attempt(String user, String origin) throws AccessException {
        return attempts.begin(user, origin);
    }

    /** Whether it is this user's present password; counted as an attempt like a login. */
    boolean knowsPassword(User user, char[] password, String origin) throws AccessException {
        Attempts.Attempt attempt = attempts.begin(user.name(), origin);
        boolean right = matches(Optional.of(user), password, attempt);
        if (right) {
            attempt.succeeded();
        }
        return right;
    }

    private boolean claimedInStore() {
        return !store.accounts().users().isEmpty();
    }

    /** Also true while it is not known: a device in doubt is not up for grabs. */
    @Override
    public boolean claimed() {
        return !isOpen(PATIENCE) || claimedInStore();
    }

    @Override
    public Login claim(String token, char[] password, String origin) throws AccessException {
        needOpen();
        if (claimedInStore()) {
            throw new AccessException(Reason.ALREADY_CLAIMED, "This device has an owner already. Log in instead.");
        }
        Attempts.Attempt attempt = attempts.begin("", origin);
        if (!claim.tokenMatches(token)) {
            throw new AccessException(Reason.BAD_CREDENTIALS, "This is not the token that was printed on the log at the start.");
        }
        attempt.cancelled();
        Login login = sessions.open(claim.byPassword(password), origin);
        LOG.info("Claimed from {}: the user is {}", origin, User.ADMIN);
        audit.record("claim", User.ADMIN, origin, Map.of());
        return login;
    }

    @Override
    public Login login(String user, char[] password, String oneTimePassword, String origin) throws AccessException {
        needOpen();
        if (!claimedInStore()) {
            throw new AccessException(Reason.NOT_CLAIMED, "This device has no owner yet. Open /setup with the token that was printed on the log.");
        }
        Attempts.Attempt attempt = attempts.begin(user, origin);
        Optional<User> known = store.accounts().user(user);
        if (!matches(known, password, attempt)) {
            LOG.warn("A login from {} failed", origin);
            // A name that nobody has may be a password in the wrong field.
            audit.record("login.failed", known.map(User::name).orElse(""), origin, Map.of());
            throw new AccessException(Reason.BAD_CREDENTIALS, "User name or password is wrong.");
        }
        needSecondFactor(known.orElseThrow(), oneTimePassword, attempt, origin);
        attempt.succeeded();
        upgrade(known.orElseThrow(), password);
        Login login = sessions.open(known.orElseThrow(), origin);
        if (!sameUser((LiveSession) login.session())) {
            sessions.end((LiveSession) login.session());
            throw new AccessException(Reason.BAD_CREDENTIALS, "The password or the rights were changed just now. Log in again.");
        }
        LOG.info("{} logged in from {}", user, origin);
        audit.record("login", user, origin, Map.of("session", ((LiveSession) login.session()).id()));
        return login;
    }

    /** Takes the code: it is void in the moment that it is seen, also for a login at the same time. */
    private void needSecondFactor(User user, String code, Attempts.Attempt attempt, String origin) throws AccessException {
        if (user.factor().isEmpty()) {
            return;
        }
        if (code.isBlank()) {
            attempt.cancelled();
            throw new AccessException(Reason.OTP_REQUIRED, "This user also needs the code that the app shows, or a recovery code.");
        }
        try {
            changeUsers(accounts -> {
                User now = accounts.user(user.name()).orElse(user);
                Totp left = now.factor().flatMap(factor -> factor.use(code, now()))
                        .orElseThrow(() -> new AccessException(Reason.BAD_CREDENTIALS, "The code is wrong, or was used already. Wait for the next one."));
                return accounts.with(now.withFactor(Optional.of(left)));
            });
        } catch (AccessException e) {
            LOG.warn("A login from {} failed at the second factor", origin);
            audit.record("login.failed", user.name(), origin, Map.of("at", "second factor"));
            throw e;
        }
    }

    private boolean matches(Optional<User> known, char[] password, Attempts.Attempt attempt) throws AccessException {
        try {
            if (known.isEmpty()) {
                passwords.matchNobody(password);
                return false;
            }
            return passwords.matches(password, known.get().password());
        } catch (AccessException e) {
            attempt.cancelled();
            throw e;
        }
    }

    /** Stores the password under today's settings; if that fails the old hash goes on working. */
    private void upgrade(User user, char[] password) {
        if (!passwords.outdated(user.password())) {
            return;
        }
        try {
            PasswordHash hash = passwords.hash(password);
            store.change(accounts -> accounts.user(user.name()).filter(now -> now.stamp().equals(user.stamp()))
                    .map(now -> accounts.with(now.withPassword(hash))).orElse(accounts));
        } catch (IOException | AccessException e) {
            LOG.warn("The password hash of {} stays as it is: {}", user.name(), e.toString());
        }
    }

    @Override
    public Optional<Session> session(String token) {
        return isOpen(PATIENCE) ? sessions.find(token).filter(this::sameUser).map(Session.class::cast) : Optional.empty();
    }

    /** The user is still there, and unchanged since the session began. */
    private boolean sameUser(LiveSession session) {
        return store.accounts().user(session.user()).filter(session::belongsTo).isPresent();
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
    public boolean permits(Session session, Permission permission, String targetId) {
        return session instanceof LiveSession ours && ours.valid() && sessions.holds(ours) && sameUser(ours) && ours.leaves(permission, targetId)
                && store.accounts().permits(ours.user(), permission, targetId);
    }
}
