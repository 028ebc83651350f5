package org.catseye.auth.ldap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the directory is and what its groups may do here. */
@ObjectClassDefinition(name = "Catseye: LDAP", description = "People log in with their accounts of an LDAP directory, such as OpenLDAP, FreeIPA or Active Directory. "
        + "Users of the device itself come first: a name that is known there is never looked up in the directory.")
public @interface LdapConfig {

    String PID = "org.catseye.auth.ldap";

    @AttributeDefinition(name = "Servers", description = "Addresses such as ldaps://ldap.example.org, tried in this order. With ldap://, the connection is "
            + "encrypted by StartTLS before anything is sent; only on this machine (localhost) may it be left out. Empty: LDAP is off.")
    String[] servers() default {};

    @AttributeDefinition(name = "StartTLS", description = "For ldap:// addresses: encrypt the connection. Can be switched off for a directory on this machine only.")
    boolean startTls() default true;

    @AttributeDefinition(name = "CA file", description = "A PEM file with the certificates of the authorities that the server's certificate may come from. "
            + "Empty: those that Java trusts. The name in the address has to be in the server's certificate.")
    String caFile() default "";

    @AttributeDefinition(name = "Search account", description = "DN of an account that may search the directory, for example cn=catseye,ou=services,dc=example,dc=org. "
            + "It needs to read names and groups, and no passwords. Empty: search without an account.")
    String bindDn() default "";

    @AttributeDefinition(name = "Password of the search account", type = AttributeType.PASSWORD, description = "Kept in the configuration file, which only the owner may read.")
    String bindPassword() default "";

    @AttributeDefinition(name = "Base of users", description = "Users are searched at and below this DN, for example ou=people,dc=example,dc=org.")
    String userBase() default "";

    @AttributeDefinition(name = "Filter of users", description = "Which entry is the user's; {user} stands for the name that was typed. "
            + "For Active Directory: (&(objectCategory=person)(sAMAccountName={user}))")
    String userFilter() default "(&(objectClass=person)(uid={user}))";

    @AttributeDefinition(name = "Attribute of the name", description = "What a user is called here. For Active Directory: sAMAccountName")
    String nameAttribute() default "uid";

    @AttributeDefinition(name = "Base of groups", description = "Groups are searched at and below this DN. Empty: only the attribute memberOf of the user "
            + "is looked at, which Active Directory and FreeIPA have.")
    String groupBase() default "";

    @AttributeDefinition(name = "Filter of groups", description = "Which groups a user is in; {dn} stands for the DN of the user, {user} for the name. "
            + "For groups in groups of Active Directory: (member:1.2.840.113556.1.4.1941:={dn})")
    String groupFilter() default "(|(member={dn})(uniqueMember={dn})(memberUid={user}))";

    @AttributeDefinition(name = "What groups may do", description = "One line for each group: its DN, =>, and roles of this device or rights, for example "
            + "cn=kvm-admins,ou=groups,dc=example,dc=org => admin or cn=ops,ou=groups,dc=example,dc=org => *:VIEW bay1:CONTROL+POWER. "
            + "Who is in none of them is not let in.")
    String[] groupRoles() default {};

    @AttributeDefinition(name = "Timeout seconds", min = "1", max = "8", description = "A login waits this long for the directory, 1 to 8 s.")
    int timeoutSeconds() default 5;
}
