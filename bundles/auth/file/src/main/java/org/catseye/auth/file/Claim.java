package org.catseye.auth.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Rights;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a new device its owner, the user {@code admin}: by the one-time token, or unattended by a file. Thread-safe. */
final class Claim {

    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    private final UserStore store;
    private final Passwords passwords;
    private final SetupToken token;
    private final InstantSource time;

    Claim(UserStore store, Passwords passwords, SetupToken token, InstantSource time) {
        this.store = store;
        this.passwords = passwords;
        this.token = token;
        this.time = time;
    }

    /** Prints how to claim the device. */
    void announce(String baseUrl) {
        token.load();
        LOG.warn("Not claimed yet. Open {}/setup#token={} to set the admin password ({})", baseUrl, token.value(), baseUrl.contains("//localhost")
                ? "on this machine: others cannot reach it" : "other names and addresses of this machine will do as well");
    }

    boolean tokenMatches(String other) {
        return token.matches(other);
    }

    /** Makes the owner. Only one call can succeed. */
    synchronized User byPassword(char[] password) throws AccessException {
        if (!store.accounts().users().isEmpty()) {
            throw new AccessException(Reason.ALREADY_CLAIMED, "This device has an owner already. Log in instead.");
        }
        PasswordRule.check(password);
        User admin = new User(User.ADMIN, passwords.hash(password), Secrets.token(), time.instant(), Set.of(Rights.ADMIN_ROLE), Rights.NONE);
        try {
            store.change(accounts -> accounts.with(admin));
        } catch (IOException e) {
            LOG.error("The owner cannot be kept, the device stays unclaimed: {}", SecretFile.why(e));
            throw new AccessException(Reason.UNAVAILABLE, "The password could not be saved. The log says why.");
        }
        token.delete();
        return admin;
    }

    /** The device has an owner otherwise: the token opens nothing any more. */
    void over() {
        token.delete();
    }

    /** Claims with the first line of a file. What is wrong with it is logged, and the device stays unclaimed. */
    void byFile(Path file) {
        char[] password = new char[0];
        try {
            password = firstLine(file);
            byPassword(password);
            LOG.info("Claimed with the password in {}: the user is {}", file, User.ADMIN);
        } catch (IOException e) {
            LOG.error("{}={}: cannot be read: {}. The device stays unclaimed.", FileSettings.PASSWORD_FILE, file, SecretFile.why(e));
        } catch (AccessException e) {
            LOG.error("{}={}: {} The device stays unclaimed.", FileSettings.PASSWORD_FILE, file, e.getMessage());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] firstLine(Path file) throws IOException {
        StringBuilder line = new StringBuilder();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (int c = reader.read(); c >= 0 && c != '\n' && line.length() <= PasswordRule.MOST; c = reader.read()) {
                line.append((char) c);
            }
        }
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        char[] result = new char[line.length()];
        line.getChars(0, line.length(), result, 0);
        return result;
    }
}
