package org.catseye.core.access.users;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Grants;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.DeviceUsers;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserStore;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.access.password.PasswordHash;
import org.catseye.core.access.password.PasswordHasher;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates the users of this device; exists while there is a {@link UserStore}. The thread {@code access-users} reads the store, applies an
 * unattended claim, and looks for a {@link Recovery} every two seconds. Callers wait until the store was read. The service ranking is above that
 * of all other authenticators, so a user name of this device is never looked up elsewhere. Thread-safe.
 */
@Component(service = {Authenticator.class, DeviceUsers.class, LocalUsers.class}, immediate = true,
        property = {Authenticator.NAME + "=" + LocalUsers.AUTHENTICATOR, "service.ranking:Integer=1000"})
public final class LocalUsers implements DeviceUsers {

    /** Kept in {@code sessions.json}. */
    public static final String AUTHENTICATOR = "file";

    private static final Logger LOG = LoggerFactory.getLogger(LocalUsers.class);
    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration HASH_TIMEOUT = Duration.ofSeconds(5);
    private static final long RECOVERY_INTERVAL_MILLIS = 2_000;

    private final UserSettings settings;
    private final InstantSource time;
    private final Audit audit;
    private final UserAccounts accounts;
    private final PasswordHasher hasher = new PasswordHasher(HASH_TIMEOUT);
    private final DeviceClaim claim;
    private final Recovery recovery;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final ScheduledExecutorService thread = NamedThreads.newSingleThreadScheduler("access-users");

    @Activate
    public LocalUsers(BundleContext context, @Reference UserStore store, @Reference Audit audit) {
        this(UserSettings.fromFramework(context::getProperty), store, InstantSource.system(), audit);
    }

    /** @param time the wall clock */
    public LocalUsers(UserSettings settings, UserStore store, InstantSource time, Audit audit) {
        this.settings = settings;
        this.time = time;
        this.audit = audit;
        this.accounts = new UserAccounts(store, changed -> notifyListeners());
        this.claim = new DeviceClaim(accounts, hasher, new SetupToken(new SecretFile(settings.folder().resolve("setup-token"))), time);
        this.recovery = new Recovery(new SecretFile(settings.folder().resolve(Recovery.FILE)), accounts, time);
    }

    @Activate
    public void start() {
        thread.execute(this::loadUsers);
        thread.scheduleWithFixedDelay(this::applyRecovery, RECOVERY_INTERVAL_MILLIS, RECOVERY_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        accounts.removeListener();
    }

    private void loadUsers() {
        try {
            accounts.load();
            applyRecovery();
            if (accounts.isReadable()) {
                claimOrAnnounce();
            }
        } catch (RuntimeException e) {
            LOG.error("The users of this device cannot be read and cannot log in", e);
        } finally {
            loaded.countDown();
            notifyListeners();
        }
    }

    private void claimOrAnnounce() {
        if (hasUsers()) {
            settings.passwordFile().ifPresent(file -> LOG.info("{}={}: ignored, the device has an owner already", UserSettings.PASSWORD_FILE, file));
            return;
        }
        settings.passwordFile().ifPresent(claim::claimWithFile);
        if (hasUsers()) {
            audit.record("claim", GrantRule.ADMIN_USER, "", Map.of("by", "password file"));
        } else {
            claim.announceToken(settings.baseUrl());
        }
    }

    /** Applies a new password that a person with a shell on this machine has requested. */
    void applyRecovery() {
        try {
            if (recovery.applyRequest()) {
                LOG.warn("The user {} has a new password, all rights and no second factor: set by catseye recover on this machine", GrantRule.ADMIN_USER);
                audit.record("recovered", GrantRule.ADMIN_USER, "", recovery.describeRequest());
                claim.voidToken();
            }
        } catch (RuntimeException e) {
            LOG.error("{} cannot be applied", Recovery.FILE, e);
        }
    }

    /** Whether the store was read, even if that failed. Until then the last answers about users apply, as while this service is absent. */
    public boolean isLoaded() {
        return loaded.getCount() == 0;
    }

    /** Waits until the store was read, for a bounded time. Returns at once after that. */
    public boolean awaitReadable() {
        try {
            return loaded.await(LOAD_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS) && accounts.isReadable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void requireReadable() throws AccessException {
        if (!awaitReadable()) {
            throw new AccessException(Reason.UNAVAILABLE, "No user can log in currently. The log of this device has the reason and the remedy.");
        }
    }

    private boolean hasUsers() {
        return !accounts.currentRecords().users().isEmpty();
    }

    /** Calls {@code listener} after each change of the users or roles, on the thread that made it, before the change returns. */
    public Session.Registration addListener(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void notifyListeners() {
        listeners.forEach(Runnable::run);
    }

    public UserAccounts accounts() {
        return accounts;
    }

    public PasswordHasher hasher() {
        return hasher;
    }

    public InstantSource time() {
        return time;
    }

    /** Whether the device has an owner. True also while this is unknown, so that a device whose users can't be read is not claimed again. */
    public boolean isClaimed() {
        return !awaitReadable() || hasUsers();
    }

    /** Compares in constant time. */
    public boolean isClaimToken(String token) throws AccessException {
        requireReadable();
        return claim.isToken(token);
    }

    /**
     * Creates the owner of a new device, for a caller with the token. Only one call can succeed.
     *
     * @throws AccessException ALREADY_CLAIMED, WEAK_PASSWORD, TOO_MANY_ATTEMPTS, NOT_STORED or UNAVAILABLE
     */
    public Identity claimDevice(char[] password) throws AccessException {
        requireReadable();
        return toIdentity(claim.claimWithPassword(password));
    }

    /** The rights of each role, without the built-in one. From memory. */
    public Map<String, Rights> roles() {
        return accounts.currentRecords().roles();
    }

    @Override
    public Answer authenticate(String user, char[] password) throws AccessException {
        if (!awaitReadable()) {
            return unreadable();
        }
        Optional<UserRecord> known = accounts.currentRecords().findUser(user);
        if (known.isEmpty()) {
            hasher.matchUnknownUser(password);
            return new Answer.NotMine();
        }
        PasswordHash hash = PasswordHash.parsePhc(known.get().passwordHash());
        if (!hasher.matchesHash(password, hash)) {
            return new Answer.Refused();
        }
        if (hasher.isOutdated(hash)) {
            renewHash(known.get(), password);
        }
        return new Answer.Known(toIdentity(known.get()));
    }

    private static Answer unreadable() {
        return new Answer.Unavailable("the users of this device cannot be read");
    }

    @Override
    public Answer check(String user) {
        return awaitReadable() ? findUser(user) : unreadable();
    }

    /** As {@link #check}, but never waits: unavailable until the store was read. */
    public Answer findUser(String user) {
        if (!accounts.isReadable()) {
            return unreadable();
        }
        return accounts.currentRecords().findUser(user).<Answer>map(known -> new Answer.Known(toIdentity(known))).orElseGet(Answer.NotMine::new);
    }

    public static Identity toIdentity(UserRecord user) {
        return new Identity(user.name(), new Grants(user.roles(), user.rights().byTarget()), user.stamp(), user.tokenStamp(),
                user.secondFactor().isPresent());
    }

    /** The code is void as soon as it was checked, also for a login at the same time. */
    @Override
    public boolean useCode(String name, String code) throws AccessException {
        boolean[] accepted = {false};
        accounts.changeRecords(records -> {
            Optional<UserRecord> user = records.findUser(name);
            Optional<Totp> remaining = user.flatMap(UserRecord::secondFactor).flatMap(factor -> new Totp(factor).consumeCode(code, time.instant()));
            accepted[0] = remaining.isPresent();
            return accepted[0] ? records.withUser(user.get().withSecondFactor(remaining.map(Totp::factor))) : records;
        });
        return accepted[0];
    }

    /** Stores the password with the current hash settings. If that fails, the old hash continues to work. */
    private void renewHash(UserRecord user, char[] password) {
        try {
            String hash = hasher.hashPassword(password).toPhc();
            accounts.changeRecords(records -> records.findUser(user.name()).filter(now -> now.stamp().equals(user.stamp()))
                    .map(now -> records.withUser(now.withPasswordHash(hash))).orElse(records));
        } catch (AccessException e) {
            LOG.warn("The password hash of {} is not renewed: {}", user.name(), e.toString());
        }
    }
}
