package org.catseye.core.access.administration;

import static org.catseye.core.access.administration.ChangePolicy.requireUser;

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
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Caller;
import org.catseye.access.SecondFactors;
import org.catseye.access.spi.UserRecord;
import org.catseye.core.access.AccessService;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.core.access.users.Totp;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Enables and disables second factors. One that was begun and not confirmed is in memory only. Thread-safe. */
@Component(service = SecondFactors.class)
public final class SecondFactorService implements SecondFactors {

    private static final String WRONG_PASSWORD = "The password is wrong.";
    private static final Duration CONFIRM_TIMEOUT = Duration.ofMinutes(10);

    private final AccessService access;
    private final LocalUsers users;
    private final ChangePolicy policy;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();

    private record Begun(Totp factor, Instant until) {
    }

    @Activate
    public SecondFactorService(@Reference AccessService access, @Reference LocalUsers users) {
        this.access = access;
        this.users = users;
        this.policy = new ChangePolicy(access);
    }

    @Override
    public Enrolment begin(Caller by, char[] password) throws AccessException {
        UserRecord user = requireLoggedIn(by);
        policy.requirePassword(by, password, WRONG_PASSWORD);
        if (user.secondFactor().isPresent()) {
            throw new AccessException(Reason.CONFLICT, "You already have a second factor. Disable it first.");
        }
        Totp factor = Totp.createRandom();
        begun.put(user.name(), new Begun(factor, users.time().instant().plus(CONFIRM_TIMEOUT)));
        return new Enrolment(factor.factor().secret(), "otpauth://totp/Catseye:" + encodeForUri(user.name() + " on " + readHostName()) + "?secret=" + factor.factor().secret()
                + "&issuer=Catseye&algorithm=SHA1&digits=6&period=30");
    }

    @Override
    public List<String> confirm(Caller by, String code) throws AccessException {
        UserRecord user = requireLoggedIn(by);
        Begun mine = begun.get(user.name());
        if (mine == null || !users.time().instant().isBefore(mine.until())) {
            throw new AccessException(Reason.INVALID, "Start again: there is no second factor to confirm, or it is more than ten minutes old.");
        }
        Totp used = consumeCode(by, mine.factor(), code);
        List<String> recovery = Totp.createRecoveryCodes();
        Totp confirmed = used.withRecoveryCodes(recovery);
        users.accounts().changeRecords(records -> records.withUser(requireUser(records, user.name()).withSecondFactor(Optional.of(confirmed.factor()))));
        begun.remove(user.name());
        access.recordChange(by, "second-factor.on", Map.of("name", user.name()));
        return recovery;
    }

    private Totp consumeCode(Caller by, Totp factor, String code) throws AccessException {
        Optional<Totp> used = factor.consumeCode(code, users.time().instant());
        access.identityCheck().requireRight((LiveSession) by.session(), by.address(), used::isPresent,
                new AccessException(Reason.INVALID, "This is not the code that the app currently shows. Is the clock of this device right?"));
        return used.orElseThrow();
    }

    @Override
    public void remove(Caller by, String name, char[] password) throws AccessException {
        if (policy.isLocal(by) && name.equals(by.session().user())) {
            requireLoggedIn(by);
            policy.requirePassword(by, password, WRONG_PASSWORD);
        } else {
            policy.requireAdmin(by);
        }
        users.accounts().changeRecords(records -> {
            UserRecord user = requireUser(records, name);
            if (user.secondFactor().isEmpty()) {
                throw new AccessException(Reason.NOT_FOUND, "This user has no second factor.");
            }
            return records.withUser(user.withSecondFactor(Optional.empty()));
        });
        access.recordChange(by, "second-factor.off", Map.of("name", name));
    }

    private UserRecord requireLoggedIn(Caller by) throws AccessException {
        if (!policy.isLoggedInAs(by, by.session().user())) {
            policy.requireLocal(by);
            throw new AccessException(Reason.FORBIDDEN, "Only a user who is logged in can do this.");
        }
        return requireUser(users.accounts().currentRecords(), by.session().user());
    }

    private static String encodeForUri(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Lets users with several devices distinguish their codes. */
    private static String readHostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "this device";
        }
    }
}
