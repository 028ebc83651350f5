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

/** A claimed device with its administration, on a folder and a clock of its own. */
final class AccessBench implements AutoCloseable {

    static final String PASSWORD = "three odd words";
    static final String HERE = "127.0.0.1";
    static final Grants WATCH = new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW)));
    static final Grants ADMIN = new Grants(Set.of("admin"), Map.of());

    final FakeTime time = new FakeTime();
    final FakeAudit audit = new FakeAudit();
    final Path home;
    private final List<FileAccessControl> started = new ArrayList<>();
    FileAccessControl access;
    FileUserAdministration users;
    FileSessionAdministration sessions;
    Login admin;

    AccessBench(Path home) throws Exception {
        this.home = home;
        start();
        access.claimed();
        admin = access.claim(Files.readString(home.resolve("setup-token")).strip(), PASSWORD.toCharArray(), HERE);
    }

    void start() {
        var limits = new LiveSession.Limits(Duration.ofHours(12), Duration.ofDays(7));
        access = new FileAccessControl(new Settings(home, Optional.empty(), "http://localhost:8080", limits), time, time::nanos, audit);
        access.open();
        started.add(access);
        users = new FileUserAdministration(access);
        sessions = new FileSessionAdministration(access);
    }

    void restart() {
        access.close();
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
        started.forEach(FileAccessControl::close);
    }
}
