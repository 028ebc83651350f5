package org.catseye.auth.ldap;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.auth.ldap.Server.Security;
import org.junit.Test;

public class LdapSettingsTest {

    private static final String[] GROUPS = {"cn=ops,dc=example,dc=org => admin"};

    private static LdapSettings settings(Object... changes) {
        Object[] all = new Object[6 + changes.length];
        System.arraycopy(new Object[] {"servers", new String[] {"ldaps://ldap.example.org"}, "userBase", "dc=example,dc=org", "groupRoles", GROUPS}, 0, all, 0, 6);
        System.arraycopy(changes, 0, all, 6, changes.length);
        return LdapSettings.of(FakeConfig.with(all));
    }

    private static String refused(Object... changes) {
        return assertThrows(IllegalArgumentException.class, () -> settings(changes)).getMessage();
    }

    @Test
    public void passwordsAreNeverSentInClearOverANetwork() {
        assertEquals(new Server("ldap.example.org", 636, Security.TLS), settings().servers().get(0));
        assertEquals(List.of(new Server("ldap.example.org", 389, Security.START_TLS), new Server("2001:db8::1", 3389, Security.START_TLS)),
                settings("servers", new String[] {"ldap://ldap.example.org", " ", "LDAP://[2001:db8::1]:3389/"}).servers());
        for (String host : List.of("localhost", "127.0.0.1", "127.9.9.9", "[::1]")) {
            assertEquals(Security.NONE_ON_THIS_MACHINE, settings("servers", new String[] {"ldap://" + host}, "startTls", false).servers().get(0).security());
        }
        for (String host : List.of("ldap.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org", "[::2]")) {
            String message = refused("servers", new String[] {"ldap://" + host}, "startTls", false);
            assertTrue(message, message.startsWith("servers: ") && message.contains("in clear"));
        }
    }

    @Test
    public void anEmptyListWhereATextBelongsIsAsAnEmptyText() {
        assertTrue(refused("userBase", null).startsWith("userBase: "));
        assertTrue(refused("userFilter", null).startsWith("userFilter: "));
        assertTrue(refused("groupFilter", null).startsWith("groupFilter: "));
        assertTrue(refused("nameAttribute", null).startsWith("nameAttribute: "));
        assertTrue(refused("bindDn", "cn=x,dc=org", "bindPassword", null).startsWith("bindPassword: "));
        assertFalse(settings("bindDn", null, "caFile", null, "groupBase", null).account().isPresent());
    }

    @Test
    public void whatMakesNoSenseIsRefusedWithItsKeyAndWhatWouldBeRight() {
        for (String address : List.of("ldap.example.org", "http://ldap.example.org", "ldaps://", "ldaps://u:p@h", "ldaps://h/dc=example", "ldaps://a b", "ldaps://h?x")) {
            assertTrue(address, refused("servers", new String[] {address}).startsWith("servers: "));
        }
        assertTrue(refused("userBase", "").startsWith("userBase: "));
        assertTrue(refused("userBase", "people").startsWith("userBase: "));
        assertTrue(refused("userFilter", "(uid=ann)").contains("{user}"));
        assertTrue(refused("userFilter", "(uid={user}").startsWith("userFilter: "));
        assertTrue(refused("groupFilter", "member=").startsWith("groupFilter: "));
        assertTrue(refused("nameAttribute", "uid)(x").startsWith("nameAttribute: "));
        assertTrue(refused("timeoutSeconds", 9).startsWith("timeoutSeconds: "));
        assertTrue(refused("groupRoles", new String[0]).startsWith("groupRoles: "));
        for (String line : List.of("admin", "ops => admin", "cn=ops,dc=org =>", "cn=ops,dc=org => bay1:FLY", "cn=ops,dc=org => bay1:ADMIN", "cn=ops,dc=org => a/b", " => admin")) {
            assertTrue(line, refused("groupRoles", new String[] {line}).startsWith("groupRoles: "));
        }
    }

    @Test
    public void anAccountNeedsAPasswordAndNeverShowsIt() {
        assertTrue(refused("bindDn", "cn=a,dc=org").startsWith("bindPassword: "));
        assertFalse(settings("bindDn", "cn=a,dc=org", "bindPassword", "secret of it").toString().contains("secret of it"));
    }

    @Test
    public void whatIsPutIntoAFilterIsEscapedAndPutInOnce() {
        assertEquals("(uid=\\2a\\29\\28uid=\\2a)", LdapSettings.filled("(uid={user})", "*)(uid=*", "dn"));
        assertEquals("(|(uid={dn})(member=cn=a\\5c,b))", LdapSettings.filled("(|(uid={user})(member={dn}))", "{dn}", "cn=a\\,b"));
    }

    @Test
    public void groupsAreComparedAsTheDirectoryDoesAndAddUp() {
        GroupRoles groups = new GroupRoles(List.of("cn=Ops, ou=G,dc=org => operator *:VIEW", "", "cn=ops,OU=g,dc=org => bay1:CONTROL", "cn=a\\2Cb,dc=org => *:VIEW+POWER"));
        assertEquals(new Grants(Set.of("operator"), Map.of("*", Set.of(Permission.VIEW), "bay1", Set.of(Permission.CONTROL))), groups.of(List.of("CN=OPS,OU=G,DC=ORG")));
        assertEquals(Set.of(Permission.VIEW, Permission.POWER), groups.of(List.of("cn=a\\,b,dc=org")).rights().get("*"));
        assertEquals(new Grants(Set.of(), Map.of()), groups.of(List.of("cn=others,dc=org", "no dn", "")));
        assertEquals(Set.of("operator"), groups.of(List.of("cn=ops,ou=g,dc=org", "cn=a\\,b,dc=org")).roles());
    }
}
