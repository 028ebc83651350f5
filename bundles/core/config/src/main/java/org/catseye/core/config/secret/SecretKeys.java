package org.catseye.core.config.secret;

import java.util.Set;
import java.util.regex.Pattern;
import org.catseye.core.config.format.ConfigurationPid;

/** Decides which settings are secret. */
public interface SecretKeys {

    /** Names by which a setting is secret, even if no form describes it: one of these words, also within a camel-case name, also in the plural. */
    Pattern SECRET_NAME = Pattern.compile("(?i:.*(password|passwd|passphrase|passcode|secret|credential|(private|api|access)[._-]?key|token)s?)(?![a-z]).*");
    /** Names of numbers about a secret, as {@code tokenSeconds}. */
    Pattern NUMBER_NAME = Pattern.compile(".*(Millis|Seconds|Minutes|Hours|Days|Age|Length|Size|Count|Limit|Minimum|Maximum)");

    /** Secret by their names only. */
    SecretKeys BY_NAME = describedBy(form -> Set.of());

    boolean isSecret(ConfigurationPid pid, String key);

    /** Secret by their names, or because the form of the configuration has the type password. */
    static SecretKeys describedBy(Descriptions forms) {
        return (pid, key) -> isSecretName(key)
                || forms.findPasswords(pid.factory().orElse(pid.name())).stream().anyMatch(key::equalsIgnoreCase);
    }

    private static boolean isSecretName(String key) {
        return SECRET_NAME.matcher(key).matches() && !NUMBER_NAME.matcher(key).matches();
    }

    /** The forms of the installed bundles. */
    interface Descriptions {

        /** @param pid the PID of a configuration or of a factory. @return the keys with the type password */
        Set<String> findPasswords(String pid);
    }
}
