package org.catseye.auth.ldap.settings;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.secrets.SecretText;

/**
 * The validated configuration.
 *
 * @param servers in the order in which they are tried; empty if LDAP is off
 * @param caFile empty: the authorities that Java trusts
 * @param account of the searches; empty: they are anonymous
 * @param groupBase empty: groups are not searched
 * @param timeout of one login
 */
public record LdapSettings(List<ServerAddress> servers, Optional<Path> caFile, Optional<Account> account, String userBase,
        FilterTemplate userFilter, String nameAttribute, Optional<String> groupBase, FilterTemplate groupFilter,
        GroupGrants groupGrants, Duration timeout) {

    /** The search account. */
    public record Account(String dn, SecretText password) {
        /** Without the password, which must not reach the log. */
        @Override
        public String toString() {
            return dn;
        }
    }

    public LdapSettings {
        servers = List.copyOf(servers);
    }

    /** @throws BadValueException with PID, key, value and a description of valid values; without secrets */
    public static LdapSettings parseSettings(Options options) throws BadValueException {
        List<ServerAddress> servers = parseServers(options);
        Duration timeout = Duration.ofSeconds(options.readNumber("timeoutSeconds", LdapConfig.DEFAULT_TIMEOUT_SECONDS,
                LdapConfig.MIN_TIMEOUT_SECONDS, LdapConfig.MAX_TIMEOUT_SECONDS));
        String nameAttribute = options.readMatchingText("nameAttribute", LdapConfig.DEFAULT_NAME_ATTRIBUTE, "[A-Za-z][A-Za-z0-9-]*",
                "the name of an attribute, such as uid");
        GroupGrants groups = GroupGrants.parseLines(options);
        if (groups.isEmpty()) {
            throw options.badValue("groupRoles", "", "at least one line DN => ROLE, because otherwise no user could log in");
        }
        FilterTemplate userFilter = FilterTemplate.parseTemplate(options, "userFilter", LdapConfig.DEFAULT_USER_FILTER,
                List.of(FilterTemplate.USER));
        FilterTemplate groupFilter = FilterTemplate.parseTemplate(options, "groupFilter", LdapConfig.DEFAULT_GROUP_FILTER,
                List.of(FilterTemplate.DN, FilterTemplate.USER));
        String userBase = parseDn(options, "userBase", options.readText("userBase", ""));
        return new LdapSettings(servers, findPath(options), findAccount(options), userBase, userFilter, nameAttribute,
                findDn(options, "groupBase"), groupFilter, groups, timeout);
    }

    private static List<ServerAddress> parseServers(Options options) throws BadValueException {
        boolean startTls = options.readFlag("startTls", LdapConfig.DEFAULT_START_TLS);
        List<ServerAddress> servers = new ArrayList<>();
        for (String address : options.readTexts("servers")) {
            servers.add(ServerAddress.parseAddress(options, address, startTls));
        }
        return servers;
    }

    private static Optional<Path> findPath(Options options) throws BadValueException {
        String file = options.readText("caFile", "");
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        } catch (InvalidPathException e) {
            throw options.badValue("caFile", file, "the path of a file");
        }
    }

    /** An account needs a password, because a directory silently treats an empty one as an anonymous login. */
    private static Optional<Account> findAccount(Options options) throws BadValueException {
        Optional<String> dn = findDn(options, "bindDn");
        SecretText password = options.readSecret("bindPassword");
        if (dn.isPresent() && password.isEmpty()) {
            throw options.badValue("bindPassword", "", "the password of the search account " + dn.get()
                    + "; leave bindDn empty to search without an account");
        }
        return dn.map(name -> new Account(name, password));
    }

    private static Optional<String> findDn(Options options, String key) throws BadValueException {
        String text = options.readText(key, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(parseDn(options, key, text));
    }

    private static String parseDn(Options options, String key, String text) throws BadValueException {
        try {
            if (!new DN(text).isNullDN()) {
                return text;
            }
        } catch (LDAPException e) {
            // The message below describes the allowed values.
        }
        throw options.badValue(key, text, "a DN such as ou=people,dc=example,dc=org");
    }
}
