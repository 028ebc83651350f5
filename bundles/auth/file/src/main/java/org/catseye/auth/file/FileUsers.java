package org.catseye.auth.file;

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
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Grants;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.access.spi.Identity;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users in {@code <home>/access/users.json}. The file is read and an unattended claim is made on a thread of its own, so that nobody's start
 * waits; who asks before that is done waits for it. The same thread looks for a {@link Recovery}. Ranked above all others: who is known
 * here is looked up nowhere else.
 */
@Component(service = {Authenticator.class, DeviceUsers.class, FileUsers.class}, immediate = true,
        property = {Authenticator.NAME + "=" + FileUsers.OWN_NAME, "service.ranking:Integer=1000"})
public final class FileUsers implements DeviceUsers {

    static final String OWN_NAME = "file";

    private static final Logger LOG = LoggerFactory.getLogger(FileUsers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_FOR_RECOVERY = Duration.ofSeconds(2);

    private final FileSettings settings;
    private final InstantSource time;
    private final Audit audit;
    private final UserStore store;
    private final Passwords passwords = new Passwords(Duration.ofSeconds(5));
    private final Claim claim;
    private final Recovery recovery;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(body -> {
        Thread made = new Thread(body, "access-users");
        made.setDaemon(true);
        return made;
    });

    @Activate
    public FileUsers(BundleContext context, @Reference Audit audit) {
        this(FileSettings.of(context::getProperty), InstantSource.system(), audit);
    }

    /** @param time the wall clock */
    public FileUsers(FileSettings settings, InstantSource time, Audit audit) {
        this.settings = settings;
        this.time = time;
        this.audit = audit;
        this.store = new UserStore(new SecretFile(settings.folder().resolve("users.json")));
        this.claim = new Claim(store, passwords, new SetupToken(new SecretFile(settings.folder().resolve("setup-token"))), time);
        this.recovery = new Recovery(new SecretFile(settings.folder().resolve(Recovery.FILE)), store, time);
    }

    @Activate
    public void open() {
        thread.execute(this::load);
        thread.scheduleWithFixedDelay(this::recover, LOOK_FOR_RECOVERY.toMillis(), LOOK_FOR_RECOVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        try {
            store.load();
            recover();
            if (store.damaged()) {
                return;
            }
            if (hasUsers()) {
                settings.passwordFile().ifPresent(file -> LOG.info("{}={}: ignored, the device is claimed already", FileSettings.PASSWORD_FILE, file));
                return;
            }
            settings.passwordFile().ifPresent(claim::byFile);
            if (hasUsers()) {
                audit.record("claim", User.ADMIN, "", Map.of("by", "password file"));
            } else {
                claim.announce(settings.baseUrl());
            }
        } catch (RuntimeException e) {
            LOG.error("The users cannot be read; nobody of them can log in", e);
        } finally {
            opened.countDown();
        }
    }

    /** Looks whether somebody with a shell has asked for a new password. */
    void recover() {
        try {
            if (recovery.apply()) {
                LOG.warn("The user {} has a new password, every right and no second factor: set by catseye recover on this machine", User.ADMIN);
                audit.record("recovered", User.ADMIN, "", recovery.describe());
                claim.over();
            }
        } catch (RuntimeException e) {
            LOG.error("Looking for {} failed", Recovery.FILE, e);
        }
    }

    private boolean isOpen() {
        try {
            return opened.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS) && !store.damaged();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean hasUsers() {
        return !store.accounts().users().isEmpty();
    }

    Instant now() {
        return time.instant();
    }

    UserStore store() {
        return store;
    }

    Passwords passwords() {
        return passwords;
    }

    /** @throws AccessException what the change threw, or UNAVAILABLE if it cannot be kept */
    void change(UserStore.Change change) throws AccessException {
        try {
            store.change(change);
        } catch (IOException e) {
            LOG.error("The users cannot be kept, nothing was changed: {}", SecretFile.why(e));
            throw new AccessException(Reason.UNAVAILABLE, "The change could not be saved. The log says why.");
        }
    }

    @Override
    public boolean claimed() {
        return !isOpen() || hasUsers();
    }

    @Override
    public boolean claimTokenMatches(String token) throws AccessException {
        needOpen();
        return claim.tokenMatches(token);
    }

    @Override
    public Identity claim(char[] password) throws AccessException {
        needOpen();
        return identity(claim.byPassword(password));
    }

    private void needOpen() throws AccessException {
        if (!isOpen()) {
            throw new AccessException(Reason.UNAVAILABLE, "Nobody can log in just now. The log of this device says why and how to mend it.");
        }
    }

    @Override
    public Map<String, Rights> roles() {
        return store.accounts().roles();
    }

    @Override
    public Answer authenticate(String user, char[] password) throws AccessException {
        if (!isOpen()) {
            return unreadable();
        }
        Optional<User> known = store.accounts().user(user);
        if (known.isEmpty()) {
            passwords.matchNobody(password);
            return new Answer.NotMine();
        }
        if (!passwords.matches(password, known.get().password())) {
            return new Answer.Refused();
        }
        upgrade(known.get(), password);
        return new Answer.Known(identity(known.get()));
    }

    private static Answer unreadable() {
        return new Answer.Unavailable("the users of this device cannot be read");
    }

    @Override
    public Answer check(String user) {
        if (!isOpen()) {
            return unreadable();
        }
        return store.accounts().user(user).<Answer>map(known -> new Answer.Known(identity(known))).orElseGet(Answer.NotMine::new);
    }

    static Identity identity(User user) {
        return new Identity(user.name(), new Grants(user.roles(), user.rights().byTarget()), user.stamp(), user.tokenStamp(), user.factor().isPresent());
    }

    /** It is void in the moment that it is seen, also for a login at the same time. */
    @Override
    public boolean useCode(String name, String code) throws AccessException {
        boolean[] right = {false};
        change(accounts -> {
            Optional<User> user = accounts.user(name);
            Optional<Totp> left = user.flatMap(User::factor).flatMap(factor -> factor.use(code, now()));
            right[0] = left.isPresent();
            return right[0] ? accounts.with(user.get().withFactor(left)) : accounts;
        });
        return right[0];
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
}
