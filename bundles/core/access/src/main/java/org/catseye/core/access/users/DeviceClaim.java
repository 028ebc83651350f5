package org.catseye.core.access.users;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.spi.UserRecord;
import org.catseye.core.access.password.PasswordHasher;
import org.catseye.core.access.password.PasswordRule;
import org.catseye.secrets.SecretFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the owner of a new device, the user {@code admin}: with the one-time token, or unattended with a file. Thread-safe. */
final class DeviceClaim {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceClaim.class);

    private final UserAccounts accounts;
    private final PasswordHasher hasher;
    private final SetupToken token;
    private final InstantSource time;

    DeviceClaim(UserAccounts accounts, PasswordHasher hasher, SetupToken token, InstantSource time) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.token = token;
        this.time = time;
    }

    /** Logs how to claim the device. */
    void announceToken(String baseUrl) {
        token.loadOrCreate();
        LOG.warn("Not claimed yet. Open {}/setup#token={} to set the admin password ({})", baseUrl, token.value(), baseUrl.contains("//localhost")
                ? "only from this machine" : "other names and addresses of this machine work as well");
    }

    boolean isToken(String text) {
        return token.matches(text);
    }

    /** Creates the owner. Only one call can succeed. */
    synchronized UserRecord claimWithPassword(char[] password) throws AccessException {
        if (!accounts.currentRecords().users().isEmpty()) {
            throw new AccessException(Reason.ALREADY_CLAIMED, "This device has an owner already. Log in instead.");
        }
        PasswordRule.checkPassword(password);
        UserRecord admin = NewUser.createAdmin(hasher.hashPassword(password), time.instant());
        try {
            accounts.storeChange(records -> records.withUser(admin));
        } catch (IOException e) {
            LOG.error("The owner cannot be saved, and the device remains without one: {}", SecretFile.why(e));
            throw new AccessException(Reason.NOT_STORED, "The password could not be stored: the disk is full or not writable.");
        }
        token.deleteToken();
        return admin;
    }

    /** The device got an owner in another way: the token is void. */
    void voidToken() {
        token.deleteToken();
    }

    /** Claims the device with the first line of a file. A fault is logged, and the device remains without an owner. */
    void claimWithFile(Path file) {
        char[] password = new char[0];
        try {
            password = readFirstLine(file);
            claimWithPassword(password);
            LOG.info("Claimed with the password in {}: the user is {}", file, GrantRule.ADMIN_USER);
        } catch (IOException e) {
            LOG.error("{}={}: cannot be read: {}. The device remains without an owner.", UserSettings.PASSWORD_FILE, file, SecretFile.why(e));
        } catch (AccessException e) {
            LOG.error("{}={}: {} The device remains without an owner.", UserSettings.PASSWORD_FILE, file, e.getMessage());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] readFirstLine(Path file) throws IOException {
        StringBuilder line = new StringBuilder();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (int c = reader.read(); c >= 0 && c != '\n' && line.length() <= PasswordRule.MAX_CHARS; c = reader.read()) {
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
