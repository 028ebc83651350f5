package org.catseye.core.config.form;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses invalid values before they are saved, so that running components are not affected. If the component that reads the
 * configuration registers a {@link ConfigurationCheck}, that check applies; otherwise the types, limits and options of the form do.
 * Thread-safe.
 */
final class ValueCheck {

    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    /** No form has this key. A check that refuses it refuses everything. */
    private static final String PROBE = "catseye.probe";

    private final FormTypes types;
    private final SecretValues secrets;
    private final Checks checks;

    /** Finds the check of a component. */
    @FunctionalInterface
    interface Checks {
        /** @param form the PID or factory PID. @return empty if the component has no check */
        Optional<ConfigurationCheck> findCheck(String form);
    }

    ValueCheck(FormTypes types, SecretValues secrets, Checks checks) {
        this.types = types;
        this.secrets = secrets;
        this.checks = checks;
    }

    /**
     * Checks the values of a form.
     *
     * @param factoryPid the factory PID that the form of a factory instance sends; empty for other forms, or if the request omits it. A request
     *     can contain any value, so the form of the PID is checked as well. A suffix with the bundle name ({@code pid|bundle}) refers to the same
     *     component
     * @param pid the PID; empty for a new configuration of the factory
     * @param given the values by key
     * @throws BadValueException for the first invalid value
     */
    void checkValues(String factoryPid, Optional<String> pid, Map<String, Object> given) throws BadValueException {
        String named = pid.orElse(factoryPid);
        Set<String> forms = new LinkedHashSet<>();
        Stream.of(named, factoryPid).map(name -> name.split("[~|]", 2)[0]).filter(form -> !form.isEmpty()).forEach(forms::add);
        Map<String, Object> values = new HashMap<>(given);
        values.put(Constants.SERVICE_PID, named);
        // A new configuration has no secrets yet, even if there is one with the PID of its factory.
        secrets.checkSecrets(pid.orElse(factoryPid + "~"), Map.copyOf(values));
        for (String form : forms) {
            ReservedKeys.checkKeys(form, values.keySet());
            checkForm(form, values);
        }
    }

    /**
     * Checks a change of some values. Reserved keys that a file has already stay in it.
     *
     * @param values all values that the configuration would have
     * @param changed the keys that the change is about
     */
    void checkChange(String form, String pid, Map<String, Object> values, Set<String> changed) throws BadValueException {
        Map<String, Object> all = new HashMap<>(values);
        all.put(Constants.SERVICE_PID, pid);
        secrets.checkSecrets(pid, all);
        ReservedKeys.checkKeys(form, changed);
        checkForm(form, all);
    }

    /** Checks the values of one form, without its secrets and reserved keys. @param values including {@code service.pid} */
    void checkForm(String form, Map<String, Object> values) throws BadValueException {
        Optional<ConfigurationCheck> own = checks.findCheck(form);
        try {
            if (own.isPresent()) {
                own.get().checkValues(Map.copyOf(values));
                return;
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The check of the configuration {} failed; its form's types, limits and options count", form, e);
        }
        types.checkValues(form, values);
    }

    /** Why no value of this form can be saved; empty if values can. */
    Optional<String> findLockReason(String form) {
        Optional<ConfigurationCheck> own = checks.findCheck(form);
        if (own.isPresent()) {
            try {
                own.get().checkValues(Map.of(Constants.SERVICE_PID, form, PROBE, ""));
            } catch (BadValueException e) {
                return Optional.of(e.allowed()).filter(reason -> e.key().equals(PROBE));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("The check of the configuration {} failed", form, e);
            }
        }
        return Optional.empty();
    }
}
