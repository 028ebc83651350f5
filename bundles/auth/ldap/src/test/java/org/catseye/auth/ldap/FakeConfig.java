package org.catseye.auth.ldap;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.catseye.testkit.Slapd;

/** A configuration: what is not given is as the annotation has it. */
final class FakeConfig {

    private FakeConfig() {
    }

    /** @param changes keys and values by turns */
    static LdapConfig with(Object... changes) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return (LdapConfig) Proxy.newProxyInstance(FakeConfig.class.getClassLoader(), new Class<?>[] {LdapConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    static LdapConfig with(Slapd slapd, Object... changes) {
        Object[] all = new Object[14 + changes.length];
        System.arraycopy(new Object[] {"servers", new String[] {slapd.secureAddress()}, "caFile", slapd.certificate().toString(), "bindDn", Slapd.ACCOUNT,
            "bindPassword", Slapd.ACCOUNT_PASSWORD, "userBase", Slapd.PEOPLE, "groupBase", Slapd.GROUPS,
            "groupRoles", new String[] {"cn=watchers," + Slapd.GROUPS + " => *:VIEW bay1:CONTROL+POWER", "CN=admins, " + Slapd.GROUPS + " => admin"}}, 0, all, 0, 14);
        System.arraycopy(changes, 0, all, 14, changes.length);
        return with(all);
    }
}
