package org.catseye.auth.ldap.settings;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the directory is and what its groups may do here. */
@ObjectClassDefinition(name = "Catseye: LDAP", description = "People log in with their accounts of an LDAP directory, such as OpenLDAP, FreeIPA or Active Directory. "
        + "Users of the device itself come first: their names are never looked up in the directory.")
public @interface LdapConfig {

    String PID = "org.catseye.auth.ldap";

    boolean DEFAULT_START_TLS = true;
    String DEFAULT_USER_FILTER = "(&(objectClass=person)(uid={user}))";
    String DEFAULT_NAME_ATTRIBUTE = "uid";
    String DEFAULT_GROUP_FILTER = "(|(member={dn})(uniqueMember={dn})(memberUid={user}))";
    int MIN_TIMEOUT_SECONDS = 1;
    /** Access control waits for an authenticator a little longer than this. */
    int MAX_TIMEOUT_SECONDS = 8;
    int DEFAULT_TIMEOUT_SECONDS = 5;

    @AttributeDefinition(name = "Servers", description = "Addresses such as ldaps://ldap.example.org, tried in this order. With ldap://, StartTLS "
            + "encrypts the connection before anything is sent. StartTLS can be disabled only for this machine (localhost). Empty: LDAP is off.")
    String[] servers() default {};

    @AttributeDefinition(name = "StartTLS", description = "Encrypts the connection to ldap:// addresses. You can disable this only for a directory on this machine.")
    boolean startTls() default DEFAULT_START_TLS;

    @AttributeDefinition(name = "CA file", description = "A PEM file with the certificates of the authorities that may issue the server's certificate. "
            + "Empty: the authorities that Java trusts. The server's certificate must contain the name in the address.")
    String caFile() default "";

    @AttributeDefinition(name = "Search account", description = "DN of an account that may search the directory, for example cn=catseye,ou=services,dc=example,dc=org. "
            + "It must be able to read names and groups, but not passwords. Empty: search without an account.")
    String bindDn() default "";

    @AttributeDefinition(name = "Password of the search account", type = AttributeType.PASSWORD,
            description = "Stored in the configuration file, which only its owner may read.")
    String bindPassword() default "";

    @AttributeDefinition(name = "User base", description = "Users are searched at and below this DN, for example ou=people,dc=example,dc=org.")
    String userBase() default "";

    @AttributeDefinition(name = "User filter", description = "Finds the user's entry; {user} stands for the name that was typed. "
            + "For Active Directory: (&(objectCategory=person)(sAMAccountName={user}))")
    String userFilter() default DEFAULT_USER_FILTER;

    @AttributeDefinition(name = "Name attribute", description = "The attribute with the user's name in Catseye. For Active Directory: sAMAccountName")
    String nameAttribute() default DEFAULT_NAME_ATTRIBUTE;

    @AttributeDefinition(name = "Group base", description = "Groups are searched at and below this DN. Empty: only the user's attribute memberOf "
            + "is used, which Active Directory and FreeIPA have.")
    String groupBase() default "";

    @AttributeDefinition(name = "Group filter", description = "Finds the groups of a user; {dn} stands for the DN of the user, {user} for the name. "
            + "For nested groups of Active Directory: (member:1.2.840.113556.1.4.1941:={dn})")
    String groupFilter() default DEFAULT_GROUP_FILTER;

    @AttributeDefinition(name = "Rights of groups", description = "One line for each group: its DN, =>, and roles of this device or rights, for example "
            + "cn=kvm-admins,ou=groups,dc=example,dc=org => admin or cn=ops,ou=groups,dc=example,dc=org => *:VIEW bay1:CONTROL+POWER. "
            + "Users who are in none of these groups cannot log in.")
    String[] groupRoles() default {};

    @AttributeDefinition(name = "Timeout seconds", min = "" + MIN_TIMEOUT_SECONDS, max = "" + MAX_TIMEOUT_SECONDS,
            description = "A login waits this long for the directory, " + MIN_TIMEOUT_SECONDS + " to " + MAX_TIMEOUT_SECONDS + " s.")
    int timeoutSeconds() default DEFAULT_TIMEOUT_SECONDS;
}
