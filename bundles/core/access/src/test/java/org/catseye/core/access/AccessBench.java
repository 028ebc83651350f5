package org.catseye.core.access;

import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.spi.Authenticator;
import org.catseye.auth.file.FileUserStore;
import org.catseye.core.access.administration.SessionAdministrationService;
import org.catseye.core.access.administration.UserAdministrationService;
import org.catseye.core.access.session.SessionLimits;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.core.access.users.UserSettings;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.FakeTime;

/** A claimed device with its administration, on a folder and a clock of its own. */
final class AccessBench implements AutoCloseable {

    static final String PASSWORD = "three odd words";
    static final String HERE = "127.0.0.1";
    static final Grants WATCH = new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW)));
    static final Grants ADMIN = new Grants(Set.of("admin"), Map.of());

    static final Map<String, Object> FILE = Map.of(Authenticator.NAME, "file", "service.ranking", 1000, "service.id", 1L);

    final FakeTime time = new FakeTime();
    final FakeAudit audit = new FakeAudit();
    final Path home;
    private final List<Runnable> started = new ArrayList<>();
    LocalUsers file;
    AccessService access;
    UserAdministrationService users;
    SessionAdministrationService sessions;
    Login admin;

    AccessBench(Path home) throws Exception {
        this.home = home;
        start();
        access.claimed();
        admin = access.claim(Files.readString(home.resolve("setup-token")).strip(), PASSWORD.toCharArray(), HERE);
    }

    void start() {
        file = users(home, Optional.empty(), time, audit);
        access = access(home, time, audit);
        access.bindAuthenticator(file, FILE);
        users = new UserAdministrationService(access, file);
        sessions = new SessionAdministrationService(access);
        AccessService startedAccess = access;
        LocalUsers startedFile = file;
        started.add(() -> stop(startedAccess, startedFile));
    }

    static LocalUsers users(Path home, Optional<Path> passwordFile, FakeTime time, FakeAudit audit) {
        LocalUsers users = new LocalUsers(new UserSettings(home, passwordFile, "http://localhost:8080"), new FileUserStore(home, time), time, audit);
        users.start();
        return users;
    }

    static AccessService access(Path home, FakeTime time, FakeAudit audit) {
        var limits = new SessionLimits(Duration.ofHours(12), Duration.ofDays(7));
        AccessService access = new AccessService(new AccessSettings(home, limits, Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofMinutes(15)), time, time::nanos,
                nanos -> time.pass(Duration.ofNanos(nanos)), audit);
        access.start();
        return access;
    }

    private static void stop(AccessService access, LocalUsers file) {
        access.stop();
        file.stop();
    }

    void restart() {
        stop(access, file);
        start();
    }

    Caller asAdmin() {
        return by(admin);
    }

    static Caller by(Login login) {
        return new Caller(login.session(), HERE);
    }

    Login login(String user, String password) throws AccessException {
        return access.login(user, password.toCharArray(), "", HERE);
    }

    /** A user of this name with the usual password, logged in. */
    Login add(String user, Grants grants) throws AccessException {
        users.add(asAdmin(), user, PASSWORD.toCharArray(), grants);
        return login(user, PASSWORD);
    }


    @FunctionalInterface
    interface Change {
        void make() throws Exception;
    }

    static Reason refused(Change change) {
        return assertThrows(AccessException.class, change::make).reason();
    }

    @Override
    public void close() {
        started.forEach(Runnable::run);
    }
}
