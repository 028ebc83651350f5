package org.catseye.auth.ldap.settings;

import java.util.HashMap;
import java.util.Map;
import org.catseye.options.Options;
import org.catseye.testkit.Slapd;

/** A configuration: keys that are not given have their defaults. */
public final class FakeConfig {

    private FakeConfig() {
    }

    /** @param changes keys and values by turns */
    public static Options with(Object... changes) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return new Options(LdapConfig.PID, values);
    }

    public static Options with(Slapd slapd, Object... changes) {
        Object[] all = new Object[14 + changes.length];
        System.arraycopy(new Object[] {"servers", new String[] {slapd.secureAddress()}, "caFile", slapd.certificate().toString(), "bindDn", Slapd.ACCOUNT,
            "bindPassword", Slapd.ACCOUNT_PASSWORD, "userBase", Slapd.PEOPLE, "groupBase", Slapd.GROUPS,
            "groupRoles", new String[] {"cn=watchers," + Slapd.GROUPS + " => *:VIEW bay1:CONTROL+POWER", "CN=admins, " + Slapd.GROUPS + " => admin"}}, 0, all, 0, 14);
        System.arraycopy(changes, 0, all, 14, changes.length);
        return with(all);
    }
}
