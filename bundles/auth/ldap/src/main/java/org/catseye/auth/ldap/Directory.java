package org.catseye.auth.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How people and groups are found. What is asked with is a search connection. */
final class Directory {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    /** As on this device. */
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@-]{0,63}";
    private static final int MOST_GROUPS = 2000;

    /** What tells one entry from another that took its place. */
    private static final List<String> IDS = List.of("entryUUID", "objectGUID", "ipaUniqueID");
    /** What changes with the password, where the directory tells it. */
    private static final List<String> PASSWORD_AGE = List.of("pwdChangedTime", "pwdLastSet", "krbLastPwdChange");
    private static final long DISABLED_IN_ACTIVE_DIRECTORY = 2;

    private final LdapSettings settings;

    Directory(LdapSettings settings) {
        this.settings = settings;
    }

    /**
     * Somebody's entry.
     *
     * @param name what he is called here
     * @param locked whether the directory says that he may not log in
     * @param id of the entry and the age of its password, as far as they are told
     */
    record Person(String dn, String name, boolean locked, String id, List<String> memberOf) {
    }

    /** An entry that does not exist, at which a password is tried if there is nobody. */
    String nobody() {
        return "uid=nobody-of-this-name-is-here," + settings.userBase();
    }

    /** The one entry of this name; empty if there is none, or if it is not clear which. */
    Optional<Person> find(LDAPConnection search, String user, Deadline deadline) throws LDAPException {
        List<String> attributes = new ArrayList<>(List.of(settings.nameAttribute(), "memberOf", "nsAccountLock", "pwdAccountLockedTime", "userAccountControl"));
        attributes.addAll(IDS);
        attributes.addAll(PASSWORD_AGE);
        List<SearchResultEntry> found = search(search, settings.userBase(), LdapSettings.filled(settings.userFilter(), user, ""), 2, deadline, attributes);
        if (found.size() > 1) {
            LOG.warn("Several entries below {} have the name of somebody who wants to log in; nobody gets in by it. Make the filter of users stricter.", settings.userBase());
        }
        return found.size() == 1 ? person(found.get(0), user) : Optional.empty();
    }

    /** Directories compare names without regard to case and spaces; we go by what the entry says, and it has to be what was meant. */
    private Optional<Person> person(SearchResultEntry entry, String typed) {
        Optional<String> name = Arrays.stream(Optional.ofNullable(entry.getAttributeValues(settings.nameAttribute())).orElse(new String[0]))
                .filter(value -> value.equalsIgnoreCase(typed.strip()) && value.matches(NAME)).findFirst();
        if (name.isEmpty()) {
            LOG.debug("The entry that was found has no usable {}", settings.nameAttribute());
        }
        return name.map(value -> new Person(entry.getDN(), value, locked(entry), told(entry, IDS) + told(entry, PASSWORD_AGE),
                List.of(Optional.ofNullable(entry.getAttributeValues("memberOf")).orElse(new String[0]))));
    }

    private static boolean locked(SearchResultEntry entry) {
        Long control = entry.getAttributeValueAsLong("userAccountControl");
        return entry.hasAttribute("pwdAccountLockedTime") || Boolean.TRUE.equals(entry.getAttributeValueAsBoolean("nsAccountLock"))
                || control != null && (control & DISABLED_IN_ACTIVE_DIRECTORY) != 0;
    }

    private static String told(SearchResultEntry entry, List<String> attributes) {
        StringBuilder result = new StringBuilder();
        for (String attribute : attributes) {
            byte[] value = entry.getAttributeValueBytes(attribute);
            result.append('|').append(value == null ? "" : HexFormat.of().formatHex(value));
        }
        return result.toString();
    }

    /** What he may do here; empty if that is nothing. */
    Optional<Identity> identity(LDAPConnection search, Person person, Deadline deadline) throws LDAPException {
        List<String> groups = new ArrayList<>(person.memberOf());
        if (settings.groupBase().isPresent()) {
            String filter = LdapSettings.filled(settings.groupFilter(), person.name(), person.dn());
            search(search, settings.groupBase().get(), filter, MOST_GROUPS, deadline, List.of("1.1")).forEach(group -> groups.add(group.getDN()));
        }
        Grants grants = settings.groupRoles().of(groups);
        if (grants.roles().isEmpty() && grants.rights().isEmpty()) {
            return Optional.empty();
        }
        TreeMap<String, TreeSet<?>> rights = new TreeMap<>();
        grants.rights().forEach((target, permissions) -> rights.put(target, new TreeSet<>(permissions)));
        String who = person.dn() + person.id();
        return Optional.of(new Identity(person.name(), grants, digest(who + new TreeSet<>(grants.roles()) + rights), digest(who), false));
    }

    private static List<SearchResultEntry> search(LDAPConnection search, String base, String filter, int most, Deadline deadline, List<String> attributes)
            throws LDAPException {
        SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, attributes.toArray(String[]::new));
        request.setSizeLimit(most);
        request.setFollowReferrals(false);
        request.setResponseTimeoutMillis(deadline.millis());
        try {
            SearchResult result = search.search(request);
            return result.getSearchEntries();
        } catch (LDAPException e) {
            if (e.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED && e instanceof LDAPSearchException partial) {
                return partial.getSearchEntries();
            }
            throw e;
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
