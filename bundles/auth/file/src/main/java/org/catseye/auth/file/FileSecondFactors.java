package org.catseye.auth.file;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.access.SecondFactors;
import org.catseye.access.spi.SessionKeeper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Switches second factors on and off. What was begun and not confirmed is in memory only. */
@Component(service = SecondFactors.class)
public final class FileSecondFactors implements SecondFactors {

    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final FileUsers users;
    private final LocalDesk desk;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();

    private record Begun(Totp factor, Instant until) {
    }

    @Activate
    public FileSecondFactors(@Reference FileUsers users, @Reference AccessControl access, @Reference SessionKeeper keeper, @Reference Audit audit) {
        this.users = users;
        this.desk = new LocalDesk(users, access, keeper, audit);
    }

    @Override
    public Enrolment begin(Caller by, char[] password) throws AccessException {
        User user = inPerson(by);
        needPassword(user, password, by);
        if (user.factor().isPresent()) {
            throw new AccessException(Reason.CONFLICT, "You have a second factor already. Switch it off first.");
        }
        Totp factor = Totp.fresh();
        begun.put(user.name(), new Begun(factor, users.now().plus(PATIENCE)));
        return new Enrolment(factor.secret(), "otpauth://totp/Catseye:" + encoded(user.name() + " on " + machineName()) + "?secret=" + factor.secret()
                + "&issuer=Catseye&algorithm=SHA1&digits=6&period=30");
    }

    @Override
    public List<String> confirm(Caller by, String code) throws AccessException {
        User user = inPerson(by);
        Begun mine = begun.get(user.name());
        if (mine == null || !users.now().isBefore(mine.until())) {
            throw new AccessException(Reason.INVALID, "Begin anew: there is no second factor to confirm, or it is more than ten minutes old.");
        }
        SessionKeeper.Attempt attempt = desk.attempt(user.name(), by.address());
        Totp used = mine.factor().use(code, users.now())
                .orElseThrow(() -> new AccessException(Reason.INVALID, "This is not the code that the app shows now. Is the clock of this device right?"));
        attempt.succeeded();
        List<String> recovery = Totp.recoveryCodes();
        users.change(accounts -> accounts.with(find(accounts, user.name()).withFactor(Optional.of(used.withRecovery(recovery)))));
        begun.remove(user.name());
        desk.changed(by, "second-factor.on", Map.of("name", user.name()));
        return recovery;
    }

    @Override
    public void remove(Caller by, String name, char[] password) throws AccessException {
        if (desk.isOurs(by) && name.equals(by.session().user())) {
            needPassword(inPerson(by), password, by);
        } else {
            desk.needAdmin(by);
        }
        users.change(accounts -> {
            User user = find(accounts, name);
            if (user.factor().isEmpty()) {
                throw new AccessException(Reason.NOT_FOUND, "This user has no second factor.");
            }
            return accounts.with(user.withFactor(Optional.empty()));
        });
        desk.changed(by, "second-factor.off", Map.of("name", name));
    }

    private User inPerson(Caller by) throws AccessException {
        if (!desk.isInPerson(by, by.session().user())) {
            desk.refuseStrangers(by);
            throw new AccessException(Reason.FORBIDDEN, "This needs a person who is logged in.");
        }
        return find(users.store().accounts(), by.session().user());
    }

    private void needPassword(User user, char[] password, Caller by) throws AccessException {
        if (!desk.knowsPassword(user, password, by)) {
            throw new AccessException(Reason.BAD_CREDENTIALS, "The password is wrong.");
        }
    }

    private static User find(Accounts accounts, String name) throws AccessException {
        return accounts.user(name).orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is no such user."));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** So that people with several devices can tell their codes apart. */
    private static String machineName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "this device";
        }
    }
}
