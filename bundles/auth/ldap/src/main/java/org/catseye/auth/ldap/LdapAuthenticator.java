package org.catseye.auth.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.PasswordAuthenticator;
import org.catseye.auth.ldap.Directory.UserEntry;
import org.catseye.auth.ldap.connection.Deadline;
import org.catseye.auth.ldap.connection.LdapConnector;
import org.catseye.auth.ldap.settings.LdapSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds users with the search account, and tries their password on a separate connection, which is closed immediately. An unknown user
 * takes the same steps: the password is tried on an entry that does not exist. Thread-safe; each call blocks for the configured timeout at
 * most.
 */
final class LdapAuthenticator implements PasswordAuthenticator {

    /** No request is sent for this time after the directory did not respond, so that not every login waits for it. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_REASON_CHARS = 600;
    private static final Logger LOG = LoggerFactory.getLogger(LdapAuthenticator.class);

    /** A directory's results for a wrong password, or for a user who may not log in. */
    private static final Set<ResultCode> REFUSALS = Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.NO_SUCH_OBJECT, ResultCode.INVALID_DN_SYNTAX, ResultCode.INSUFFICIENT_ACCESS_RIGHTS, ResultCode.UNWILLING_TO_PERFORM,
            ResultCode.CONSTRAINT_VIOLATION);
    /** Results that show that the directory does not respond. */
    private static final Set<ResultCode> DISCONNECTED = Set.of(ResultCode.TIMEOUT, ResultCode.CONNECT_ERROR, ResultCode.SERVER_DOWN);

    private final LdapSettings settings;
    private final LdapConnector connector;
    private final Directory directory;
    private final LongSupplier nanos;
    /** Guarded by this, as is {@code paused}. */
    private long pausedUntil;
    private boolean paused;

    /** @param nanos a clock as {@link System#nanoTime} */
    LdapAuthenticator(LdapSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.connector = new LdapConnector(settings);
        this.directory = new Directory(settings);
        this.nanos = nanos;
    }

    @Override
    public Answer authenticate(String user, char[] password) {
        // A bind with a name and an empty password is an anonymous login, which directories accept (RFC 4513, 5.1.2).
        if (password.length == 0 || isInvalidName(user)) {
            return new Answer.NotMine();
        }
        byte[] secret = encodePassword(password);
        try {
            return requestAnswer(deadline -> checkPassword(user, secret, deadline));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Answer checkPassword(String user, byte[] password, Deadline deadline) throws LDAPException {
        try (LDAPConnection search = openSearchConnection(deadline)) {
            Optional<UserEntry> entry = directory.findUser(search, user, deadline);
            boolean correct = isPasswordOf(entry.map(UserEntry::dn).orElse(directory.unknownUserDn()), password, deadline);
            if (entry.isEmpty()) {
                return new Answer.NotMine();
            }
            if (!correct || entry.get().locked()) {
                return new Answer.Refused();
            }
            return directory.findIdentity(search, entry.get(), deadline).<Answer>map(Answer.Known::new).orElseGet(() -> {
                LOG.info("{} entered the correct password but is in no group with rights on this device", entry.get().name());
                return new Answer.Refused();
            });
        }
    }

    @Override
    public Answer check(String user) {
        return isInvalidName(user) ? new Answer.NotMine() : requestAnswer(deadline -> {
            try (LDAPConnection search = openSearchConnection(deadline)) {
                Optional<UserEntry> entry = directory.findUser(search, user, deadline).filter(found -> !found.locked());
                if (entry.isEmpty()) {
                    return new Answer.NotMine();
                }
                return directory.findIdentity(search, entry.get(), deadline).<Answer>map(Answer.Known::new).orElseGet(Answer.NotMine::new);
            }
        });
    }

    /** Directories treat some characters as equal (RFC 4518); access control would count such names as different ones. */
    private static boolean isInvalidName(String user) {
        return user.chars().anyMatch(Character::isISOControl) || !user.strip().matches(Directory.NAME_PATTERN);
    }

    private LDAPConnection openSearchConnection(Deadline deadline) throws LDAPException {
        LDAPConnection connection = connector.openConnection(deadline);
        if (settings.account().isPresent()) {
            LdapSettings.Account account = settings.account().get();
            SimpleBindRequest bind = new SimpleBindRequest(account.dn(), account.password().reveal());
            bind.setResponseTimeoutMillis(deadline.remainingMillis());
            try {
                connection.bind(bind);
            } catch (LDAPException e) {
                connection.close();
                throw new LDAPException(REFUSALS.contains(e.getResultCode()) ? ResultCode.LOCAL_ERROR : e.getResultCode(),
                        "the directory refuses the search account " + account + ": " + e.getResultCode(), e);
            }
        }
        return connection;
    }

    /** @throws LDAPException if the directory gives no clear answer */
    private boolean isPasswordOf(String dn, byte[] password, Deadline deadline) throws LDAPException {
        try (LDAPConnection connection = connector.openConnection(deadline)) {
            SimpleBindRequest bind = new SimpleBindRequest(dn, password);
            bind.setResponseTimeoutMillis(deadline.remainingMillis());
            return connection.bind(bind).getResultCode() == ResultCode.SUCCESS;
        } catch (LDAPException e) {
            if (REFUSALS.contains(e.getResultCode())) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] encodePassword(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] result = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        return result;
    }

    private interface DirectoryRequest {
        Answer sendRequest(Deadline deadline) throws LDAPException;
    }

    /** The answer to a request; Unavailable, without a request, while the directory is paused. */
    private Answer requestAnswer(DirectoryRequest request) {
        if (isPaused()) {
            return new Answer.Unavailable("the directory did not respond a moment ago");
        }
        try {
            return request.sendRequest(Deadline.afterDelay(settings.timeout()));
        } catch (LDAPException e) {
            if (DISCONNECTED.contains(e.getResultCode())) {
                pauseRequests();
            }
            return new Answer.Unavailable(formatReason(e));
        }
    }

    private synchronized boolean isPaused() {
        paused = paused && pausedUntil - nanos.getAsLong() > 0;
        return paused;
    }

    private synchronized void pauseRequests() {
        paused = true;
        pausedUntil = nanos.getAsLong() + PAUSE_NANOS;
    }

    /** The library's message for the log, limited to one line. */
    private static String formatReason(LDAPException e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return e.getResultCode() + ": " + (text.length() > MAX_REASON_CHARS ? text.substring(0, MAX_REASON_CHARS) + "..." : text);
    }
}
