package org.catseye.core.config.secret;

import java.util.Set;
import java.util.regex.Pattern;
import org.catseye.core.config.format.ConfigurationPid;

/** Decides which settings are secret. */
public interface SecretKeys {

    /** Names by which a setting is secret, even if no form describes it. */
    Pattern SECRET_NAME = Pattern.compile("(?i).*(password|passwd|passphrase|passcode|secret|credentials?|(private|api|access)[._-]?key|token)");

    /** Secret by their names only. */
    SecretKeys BY_NAME = describedBy(form -> Set.of());

    boolean isSecret(ConfigurationPid pid, String key);

    /** Secret by their names, or because the form of the configuration has the type password. */
    static SecretKeys describedBy(Descriptions forms) {
        return (pid, key) -> SECRET_NAME.matcher(key).matches()
                || forms.findPasswords(pid.factory().orElse(pid.name())).stream().anyMatch(key::equalsIgnoreCase);
    }

    /** The forms of the installed bundles. */
    interface Descriptions {

        /** @param pid the PID of a configuration or of a factory. @return the keys with the type password */
        Set<String> findPasswords(String pid);
    }
}
