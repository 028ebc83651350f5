package org.catseye.auth.ldap.settings;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.auth.ldap.settings.ServerAddress.Security;
import org.catseye.config.BadValueException;
import org.catseye.secrets.SecretSettings;
import org.junit.Test;

public class LdapSettingsTest {

    private static final String[] GROUPS = {"cn=ops,dc=example,dc=org => admin"};

    private static LdapSettings settings(Object... changes) throws BadValueException {
        Object[] all = new Object[6 + changes.length];
        System.arraycopy(new Object[] {"servers", new String[] {"ldaps://ldap.example.org"}, "userBase", "dc=example,dc=org", "groupRoles", GROUPS}, 0, all, 0, 6);
        System.arraycopy(changes, 0, all, 6, changes.length);
        return LdapSettings.parseSettings(FakeConfig.with(all));
    }

    /** @return the message without the PID */
    private static String refused(Object... changes) {
        String message = assertThrows(BadValueException.class, () -> settings(changes)).getMessage();
        assertTrue(message, message.startsWith(LdapConfig.PID + ": ") && message.contains("'; it has to be "));
        return message.substring(LdapConfig.PID.length() + 2);
    }

    @Test
    public void passwordsAreNeverSentInClearOverANetwork() throws Exception {
        assertEquals(new ServerAddress("ldap.example.org", 636, Security.TLS), settings().servers().get(0));
        assertEquals(List.of(new ServerAddress("ldap.example.org", 389, Security.START_TLS), new ServerAddress("2001:db8::1", 3389, Security.START_TLS)),
                settings("servers", new String[] {"ldap://ldap.example.org", " ", "LDAP://[2001:db8::1]:3389/"}).servers());
        for (String host : List.of("localhost", "127.0.0.1", "127.9.9.9", "[::1]")) {
            assertEquals(Security.NONE_ON_THIS_MACHINE, settings("servers", new String[] {"ldap://" + host}, "startTls", false).servers().get(0).security());
        }
        for (String host : List.of("ldap.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org", "[::2]")) {
            String message = refused("servers", new String[] {"ldap://" + host}, "startTls", false);
            assertTrue(message, message.startsWith("servers is '") && message.contains("in clear"));
        }
    }

    @Test
    public void anEmptyListWhereATextBelongsIsAsAnEmptyText() throws Exception {
        assertTrue(refused("userBase", new String[0]).startsWith("userBase is '"));
        assertTrue(refused("userFilter", new String[0]).startsWith("userFilter is '"));
        assertTrue(refused("groupFilter", new String[0]).startsWith("groupFilter is '"));
        assertTrue(refused("nameAttribute", new String[0]).startsWith("nameAttribute is '"));
        assertTrue(refused("bindDn", "cn=x,dc=org", "bindPassword", new String[0]).startsWith("bindPassword is '"));
        assertFalse(settings("bindDn", new String[0], "caFile", new String[0], "groupBase", new String[0]).account().isPresent());
    }

    @Test
    public void whatMakesNoSenseIsRefusedWithItsKeyAndWhatWouldBeRight() throws Exception {
        for (String address : List.of("ldap.example.org", "http://ldap.example.org", "ldaps://", "ldaps://u:p@h", "ldaps://h/dc=example", "ldaps://a b", "ldaps://h?x")) {
            assertTrue(address, refused("servers", new String[] {address}).startsWith("servers is '"));
        }
        assertFalse("a password in an address reaches no log", refused("servers", "ldaps://u:secret@h").contains("secret"));
        assertTrue(refused("caFile", "a\0b").startsWith("caFile is '"));
        assertTrue(refused("startTls", "yes").startsWith("startTls is '"));
        assertTrue(refused("timeoutSeconds", "abc").startsWith("timeoutSeconds is 'abc'"));
        assertTrue(refused("userBase", "").startsWith("userBase is '"));
        assertTrue(refused("userBase", "people").startsWith("userBase is '"));
        assertTrue(refused("userFilter", "(uid=ann)").contains("{user}"));
        assertTrue(refused("userFilter", "(uid={user}").startsWith("userFilter is '"));
        assertTrue(refused("groupFilter", "member=").startsWith("groupFilter is '"));
        assertTrue(refused("nameAttribute", "uid)(x").startsWith("nameAttribute is '"));
        assertTrue(refused("timeoutSeconds", 9).startsWith("timeoutSeconds is '"));
        assertTrue(refused("groupRoles", new String[0]).startsWith("groupRoles is '"));
        for (String line : List.of("admin", "ops => admin", "cn=ops,dc=org =>", "cn=ops,dc=org => bay1:FLY", "cn=ops,dc=org => bay1:ADMIN", "cn=ops,dc=org => a/b", " => admin")) {
            assertTrue(line, refused("groupRoles", new String[] {line}).startsWith("groupRoles is '"));
        }
    }

    @Test
    public void anAccountNeedsAPasswordAndNeverShowsIt() throws Exception {
        assertTrue(refused("bindDn", "cn=a,dc=org").startsWith("bindPassword is '"));
        assertEquals("blanks are part of it", " x ", settings("bindDn", "cn=a,dc=org", "bindPassword", " x ").account().orElseThrow().password().reveal());
        assertFalse(settings("bindDn", "cn=a,dc=org", "bindPassword", "secret of it").toString().contains("secret of it"));
        String reference = SecretSettings.hideValue(LdapConfig.PID, "bindPassword", "secret of it");
        assertEquals("secret of it", settings("bindDn", "cn=a,dc=org", "bindPassword", reference).account().orElseThrow().password().reveal());
    }

    @Test
    public void whatIsPutIntoAFilterIsEscapedAndPutInOnce() throws Exception {
        assertEquals("(uid=\\2a\\29\\28uid=\\2a)", new FilterTemplate("(uid={user})").formatFilter("*)(uid=*", "dn"));
        assertEquals("(|(uid={dn})(member=cn=a\\5c,b))", new FilterTemplate("(|(uid={user})(member={dn}))").formatFilter("{dn}", "cn=a\\,b"));
    }

    @Test
    public void groupsAreComparedAsTheDirectoryDoesAndAddUp() throws Exception {
        GroupGrants groups = settings("groupRoles", List.of("cn=Ops, ou=G,dc=org => operator *:VIEW", "", "cn=ops,OU=g,dc=org => bay1:CONTROL",
            "cn=a\\2Cb,dc=org => *:VIEW+POWER")).groupGrants();
        assertEquals(new Grants(Set.of("operator"), Map.of("*", Set.of(Permission.VIEW), "bay1", Set.of(Permission.CONTROL))), groups.findGrants(List.of("CN=OPS,OU=G,DC=ORG")));
        assertEquals(Set.of(Permission.VIEW, Permission.POWER), groups.findGrants(List.of("cn=a\\,b,dc=org")).rights().get("*"));
        assertEquals(new Grants(Set.of(), Map.of()), groups.findGrants(List.of("cn=others,dc=org", "no dn", "")));
        assertEquals(Set.of("operator"), groups.findGrants(List.of("cn=ops,ou=g,dc=org", "cn=a\\,b,dc=org")).roles());
    }
}
