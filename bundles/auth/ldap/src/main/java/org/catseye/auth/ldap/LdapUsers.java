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
import org.catseye.auth.ldap.Directory.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks people up with the search account, and tries their password on a connection of its own, which is closed at once. Somebody who is not
 * there costs the same steps: a password is then tried on an entry that does not exist.
 */
final class LdapUsers implements PasswordAuthenticator {

    /** How long nobody is asked after the directory kept silent, so that not each login waits for it. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LONGEST_REASON = 600;
    private static final Logger LOG = LoggerFactory.getLogger(LdapUsers.class);

    /** What a directory answers when it is not the password of somebody who may log in. */
    private static final Set<ResultCode> NO = Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.INAPPROPRIATE_AUTHENTICATION, ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX, ResultCode.INSUFFICIENT_ACCESS_RIGHTS, ResultCode.UNWILLING_TO_PERFORM, ResultCode.CONSTRAINT_VIOLATION);

    private final LdapSettings settings;
    private final LdapConnector connector;
    private final Directory directory;
    private final LongSupplier nanos;
    /** Guarded by this. */
    private long restUntil;
    private boolean resting;

    /** @param nanos a clock as {@link System#nanoTime} */
    LdapUsers(LdapSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.connector = new LdapConnector(settings);
        this.directory = new Directory(settings);
        this.nanos = nanos;
    }

    @Override
    public Answer authenticate(String user, char[] password) {
        // To bind with a name and no password is to bind as nobody, which directories answer with success (RFC 4513, 5.1.2).
        if (password.length == 0 || isNoName(user)) {
            return new Answer.NotMine();
        }
        byte[] secret = bytes(password);
        try {
            return guarded(deadline -> authenticate(user, secret, deadline));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Answer authenticate(String user, byte[] password, Deadline deadline) throws LDAPException {
        try (LDAPConnection search = searching(deadline)) {
            Optional<Person> person = directory.find(search, user, deadline);
            boolean right = tryPassword(person.map(Person::dn).orElse(directory.nobody()), password, deadline);
            if (person.isEmpty()) {
                return new Answer.NotMine();
            }
            if (!right || person.get().locked()) {
                return new Answer.Refused();
            }
            return directory.identity(search, person.get(), deadline).<Answer>map(Answer.Known::new).orElseGet(() -> {
                LOG.info("{} has the right password but is in no group that may do anything here", person.get().name());
                return new Answer.Refused();
            });
        }
    }

    @Override
    public Answer check(String user) {
        return isNoName(user) ? new Answer.NotMine() : guarded(deadline -> {
            try (LDAPConnection search = searching(deadline)) {
                Optional<Person> person = directory.find(search, user, deadline).filter(one -> !one.locked());
                return person.isEmpty() ? new Answer.NotMine()
                        : directory.identity(search, person.get(), deadline).<Answer>map(Answer.Known::new).orElseGet(Answer.NotMine::new);
            }
        });
    }

    /** A directory would take some signs for others (RFC 4518), and access control would not count that as the same name. */
    private static boolean isNoName(String user) {
        return user.chars().anyMatch(Character::isISOControl) || !user.strip().matches(Directory.NAME);
    }

    private LDAPConnection searching(Deadline deadline) throws LDAPException {
        LDAPConnection connection = connector.open(deadline);
        if (settings.account().isPresent()) {
            SimpleBindRequest bind = new SimpleBindRequest(settings.account().get().dn(), settings.account().get().password());
            bind.setResponseTimeoutMillis(deadline.millis());
            try {
                connection.bind(bind);
            } catch (LDAPException e) {
                connection.close();
                throw new LDAPException(NO.contains(e.getResultCode()) ? ResultCode.LOCAL_ERROR : e.getResultCode(),
                        "the search account " + settings.account().get() + " is refused: " + e.getResultCode(), e);
            }
        }
        return connection;
    }

    /** Whether it is the password. A directory that cannot tell throws. */
    private boolean tryPassword(String dn, byte[] password, Deadline deadline) throws LDAPException {
        try (LDAPConnection connection = connector.open(deadline)) {
            SimpleBindRequest bind = new SimpleBindRequest(dn, password);
            bind.setResponseTimeoutMillis(deadline.millis());
            return connection.bind(bind).getResultCode() == ResultCode.SUCCESS;
        } catch (LDAPException e) {
            if (NO.contains(e.getResultCode())) {
                return false;
            }
            throw e;
        }
    }

    private static byte[] bytes(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] result = Arrays.copyOf(encoded.array(), encoded.limit());
        Arrays.fill(encoded.array(), (byte) 0);
        return result;
    }

    private interface Question {
        Answer ask(Deadline deadline) throws LDAPException;
    }

    private Answer guarded(Question question) {
        synchronized (this) {
            if (resting && restUntil - nanos.getAsLong() > 0) {
                return new Answer.Unavailable("the directory kept silent a moment ago");
            }
            resting = false;
        }
        try {
            return question.ask(Deadline.in(settings.timeout()));
        } catch (LDAPException e) {
            if (e.getResultCode() == ResultCode.TIMEOUT || e.getResultCode() == ResultCode.CONNECT_ERROR || e.getResultCode() == ResultCode.SERVER_DOWN) {
                rest();
            }
            return new Answer.Unavailable(why(e));
        }
    }

    private synchronized void rest() {
        resting = true;
        restUntil = nanos.getAsLong() + REST_NANOS;
    }

    /** For the log: what the library says, on one line and not too long. */
    private static String why(LDAPException e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return e.getResultCode() + ": " + (text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "..." : text);
    }
}
