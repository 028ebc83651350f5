package org.catseye.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The configuration, looked through.
 *
 * @param account of the searches; empty: none
 * @param groupBase empty: groups are not searched
 */
record LdapSettings(List<Server> servers, Optional<Path> caFile, Optional<Account> account, String userBase, String userFilter, String nameAttribute,
        Optional<String> groupBase, String groupFilter, GroupRoles groupRoles, Duration timeout) {

    /** Who searches. */
    record Account(String dn, String password) {
        /** Without the password, so that it reaches no log. */
        @Override
        public String toString() {
            return dn;
        }
    }

    private static final int LONGEST_TIMEOUT = 8;

    LdapSettings {
        servers = List.copyOf(servers);
    }

    /** @throws IllegalArgumentException {@code <key>: <what is wrong, and what would be right>}; holds no secret */
    static LdapSettings of(LdapConfig config) {
        List<Server> servers = new ArrayList<>();
        for (String address : config.servers()) {
            if (!address.isBlank()) {
                servers.add(Server.parse(address, config.startTls()));
            }
        }
        int timeout = timeout(config);
        String nameAttribute = given(config.nameAttribute());
        if (!nameAttribute.matches("[A-Za-z][A-Za-z0-9-]*")) {
            throw new IllegalArgumentException("nameAttribute: '" + nameAttribute + "' is no attribute such as uid");
        }
        GroupRoles groups = new GroupRoles(Arrays.asList(config.groupRoles()));
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("groupRoles: no group may do anything, so nobody would get in; give at least one line DN => ROLE");
        }
        return new LdapSettings(servers, text(config.caFile()).map(Path::of), account(config), dn("userBase", given(config.userBase())),
                filter("userFilter", given(config.userFilter()), "{user}"), nameAttribute, text(config.groupBase()).map(base -> dn("groupBase", base)),
                filter("groupFilter", given(config.groupFilter()), "{"), groups, Duration.ofSeconds(timeout));
    }

    private static int timeout(LdapConfig config) {
        int seconds;
        try {
            seconds = config.timeoutSeconds();
        } catch (RuntimeException noNumber) {
            throw new IllegalArgumentException("timeoutSeconds: it has to be a whole number from 1 to " + LONGEST_TIMEOUT, noNumber);
        }
        if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
            throw new IllegalArgumentException("timeoutSeconds: " + seconds + " is outside 1 to " + LONGEST_TIMEOUT);
        }
        return seconds;
    }

    /** An account without password would bind anonymously, in silence. */
    private static Optional<Account> account(LdapConfig config) {
        Optional<String> name = text(config.bindDn()).map(dn -> dn("bindDn", dn));
        if (name.isPresent() && given(config.bindPassword()).isEmpty()) {
            throw new IllegalArgumentException("bindPassword: the search account " + name.get() + " needs a password; leave bindDn empty to search without an account");
        }
        return name.map(dn -> new Account(dn, config.bindPassword()));
    }

    /** An empty list in the file comes as null. */
    private static String given(String value) {
        return value == null ? "" : value;
    }

    private static Optional<String> text(String value) {
        return Optional.of(given(value).strip()).filter(text -> !text.isEmpty());
    }

    private static String dn(String key, String value) {
        if (!value.isBlank() && DN.isValidDN(value.strip())) {
            return value.strip();
        }
        throw new IllegalArgumentException(key + ": '" + value + "' is no DN such as ou=people,dc=example,dc=org");
    }

    private static String filter(String key, String value, String placeholder) {
        try {
            if (value.contains(placeholder)) {
                Filter.create(filled(value, "x", "cn=x"));
                return value;
            }
        } catch (LDAPException e) {
            // told below
        }
        throw new IllegalArgumentException(key + ": '" + value + "' is no filter of LDAP such as (uid={user})" + (value.contains(placeholder) ? "" : "; it lacks " + placeholder));
    }

    /** What is put in is escaped (RFC 4515), so that it is compared and never read as a part of the filter. */
    static String filled(String filter, String user, String dn) {
        // One pass: a name that holds {dn} stays as it is.
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < filter.length();) {
            if (filter.startsWith("{user}", at)) {
                result.append(Filter.encodeValue(user));
                at += "{user}".length();
            } else if (filter.startsWith("{dn}", at)) {
                result.append(Filter.encodeValue(dn));
                at += "{dn}".length();
            } else {
                result.append(filter.charAt(at++));
            }
        }
        return result.toString();
    }
}
