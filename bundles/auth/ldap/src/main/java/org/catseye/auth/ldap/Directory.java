package org.catseye.auth.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.access.Grants;
import org.catseye.access.spi.Identity;
import org.catseye.auth.ldap.connection.Deadline;
import org.catseye.auth.ldap.settings.LdapSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches users and their groups, on a connection of the search account. Immutable; each method blocks until the deadline at most. */
final class Directory {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    /** The same names as for users of this device. */
    static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._@-]{0,63}";
    private static final int MAX_GROUPS = 2000;
    /** A second entry shows that the name is ambiguous. */
    private static final int MAX_USERS = 2;
    /** Asks for no attributes (RFC 4511, 4.5.1.8). */
    private static final String NO_ATTRIBUTES = "1.1";

    private static final String MEMBER_OF = "memberOf";
    private static final String DISABLED = "nsAccountLock";
    private static final String LOCKED_SINCE = "pwdAccountLockedTime";
    private static final String ACCOUNT_FLAGS = "userAccountControl";
    /** The flag ACCOUNTDISABLE of Active Directory. */
    private static final long DISABLED_FLAG = 2;
    /** Attributes that distinguish an entry from a later one with the same DN. */
    private static final List<String> IDS = List.of("entryUUID", "objectGUID", "ipaUniqueID");
    /** Attributes that change with the password, if the directory shows them. */
    private static final List<String> PASSWORD_AGE = List.of("pwdChangedTime", "pwdLastSet", "krbLastPwdChange");

    private final LdapSettings settings;

    Directory(LdapSettings settings) {
        this.settings = settings;
    }

    /**
     * The entry of a user.
     *
     * @param name the user's name on this device
     * @param locked whether the directory forbids logins
     * @param version changes when the entry is replaced or its password changes, if the directory shows that
     * @param memberOf DNs of groups
     */
    record UserEntry(String dn, String name, boolean locked, String version, List<String> memberOf) {
    }

    /** The DN of an entry that does not exist. A password is tried there if the user is unknown. */
    String unknownUserDn() {
        return "uid=nobody-of-this-name-is-here," + settings.userBase();
    }

    /** The only entry with this name; empty if there is none or more than one. */
    Optional<UserEntry> findUser(LDAPConnection search, String user, Deadline deadline) throws LDAPException {
        List<String> attributes = new ArrayList<>(List.of(settings.nameAttribute(), MEMBER_OF, DISABLED, LOCKED_SINCE, ACCOUNT_FLAGS));
        attributes.addAll(IDS);
        attributes.addAll(PASSWORD_AGE);
        String filter = settings.userFilter().formatFilter(user, "");
        List<SearchResultEntry> found = searchEntries(search, settings.userBase(), filter, MAX_USERS, deadline, attributes);
        if (found.size() > 1) {
            LOG.warn("A login was refused because several entries below {} have the user's name. Make the filter of users stricter.",
                    settings.userBase());
        }
        return found.size() == 1 ? parseEntry(found.get(0), user) : Optional.empty();
    }

    /** Directories ignore case and blanks in names, so the entry's own spelling is used. It must match the name that was typed. */
    private Optional<UserEntry> parseEntry(SearchResultEntry entry, String typed) {
        Optional<String> name = valuesOf(entry, settings.nameAttribute()).stream()
                .filter(value -> value.equalsIgnoreCase(typed.strip()) && value.matches(NAME_PATTERN)).findFirst();
        if (name.isEmpty()) {
            LOG.debug("The entry that was found has no usable {}", settings.nameAttribute());
        }
        String version = formatValues(entry, IDS) + formatValues(entry, PASSWORD_AGE);
        return name.map(value -> new UserEntry(entry.getDN(), value, isLocked(entry), version, valuesOf(entry, MEMBER_OF)));
    }

    private static List<String> valuesOf(SearchResultEntry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? List.of() : Arrays.asList(values);
    }

    private static boolean isLocked(SearchResultEntry entry) {
        Long flags = entry.getAttributeValueAsLong(ACCOUNT_FLAGS);
        return entry.hasAttribute(LOCKED_SINCE) || Boolean.TRUE.equals(entry.getAttributeValueAsBoolean(DISABLED))
                || flags != null && (flags & DISABLED_FLAG) != 0;
    }

    private static String formatValues(SearchResultEntry entry, List<String> attributes) {
        StringBuilder result = new StringBuilder();
        for (String attribute : attributes) {
            byte[] value = entry.getAttributeValueBytes(attribute);
            result.append('|').append(value == null ? "" : HexFormat.of().formatHex(value));
        }
        return result.toString();
    }

    /** The user's identity with the rights of all groups; empty if the user has no rights. */
    Optional<Identity> findIdentity(LDAPConnection search, UserEntry user, Deadline deadline) throws LDAPException {
        List<String> groups = new ArrayList<>(user.memberOf());
        if (settings.groupBase().isPresent()) {
            String filter = settings.groupFilter().formatFilter(user.name(), user.dn());
            searchEntries(search, settings.groupBase().get(), filter, MAX_GROUPS, deadline, List.of(NO_ATTRIBUTES))
                    .forEach(group -> groups.add(group.getDN()));
        }
        Grants grants = settings.groupGrants().findGrants(groups);
        if (grants.roles().isEmpty() && grants.rights().isEmpty()) {
            return Optional.empty();
        }
        TreeMap<String, TreeSet<?>> rights = new TreeMap<>();
        grants.rights().forEach((target, permissions) -> rights.put(target, new TreeSet<>(permissions)));
        String account = user.dn() + user.version();
        String stamp = computeDigest(account + new TreeSet<>(grants.roles()) + rights);
        return Optional.of(new Identity(user.name(), grants, stamp, computeDigest(account), false));
    }

    /** The entries below {@code base}, {@code maxEntries} at most. */
    private static List<SearchResultEntry> searchEntries(LDAPConnection search, String base, String filter, int maxEntries,
            Deadline deadline, List<String> attributes) throws LDAPException {
        SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, attributes.toArray(String[]::new));
        request.setSizeLimit(maxEntries);
        request.setFollowReferrals(false);
        request.setResponseTimeoutMillis(deadline.remainingMillis());
        try {
            return search.search(request).getSearchEntries();
        } catch (LDAPException e) {
            if (e.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED && e instanceof LDAPSearchException partial) {
                return partial.getSearchEntries();
            }
            throw e;
        }
    }

    private static String computeDigest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
