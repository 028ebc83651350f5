package org.catseye.core.config.form;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catseye.config.BadValueException;
import org.catseye.core.config.form.FormCatalog.Described;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.settings.NumberLimits;
import org.catseye.core.config.settings.UnusedSettings.Stored;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsField.Kind;
import org.catseye.settings.SettingsForm;
import org.catseye.settings.SettingsForm.Configured;
import org.osgi.framework.Constants;
import org.osgi.service.metatype.AttributeDefinition;

/** Describes forms and their configurations. Thread-safe. */
final class FormReader {

    /** The web console's template for the name of an instance; no setting. */
    private static final String NAME_HINT = "webconsole.configurationFactory.nameHint";
    /** Settings that name a configuration, the best first. */
    private static final List<String> TITLE_KEYS = List.of("label", "kvm.label");
    private static final String TARGET = "kvm.target";
    /** The form of the targets themselves, and its key for the id. */
    private static final String TARGET_FORM = "org.catseye.core.target";
    private static final String TARGET_FORM_ID = "id";

    private final ValueCheck check;
    private final BiPredicate<ConfigurationPid, String> secretKeys;
    private final Function<String, Map<String, NumberLimits>> limits;

    /**
     * @param secretKeys whether a key of a configuration is secret
     * @param limits the limits of the numbers of a form by key
     */
    FormReader(ValueCheck check, BiPredicate<ConfigurationPid, String> secretKeys, Function<String, Map<String, NumberLimits>> limits) {
        this.check = check;
        this.secretKeys = secretKeys;
        this.limits = limits;
    }

    boolean isSecret(String pid, String key) {
        return secretKeys.test(ConfigurationPid.parsePid(pid), key);
    }

    /** @param all the configurations of all forms */
    SettingsForm readForm(Described described, List<Stored> all) {
        String pid = described.pid();
        List<SettingsField> fields = readFields(described);
        List<Stored> own = all.stream().filter(stored -> stored.pid().factory().orElse(stored.pid().name()).equals(pid)).toList();
        boolean unset = described.single() && own.stream().noneMatch(stored -> stored.pid().name().equals(pid));
        Stream<Configured> configurations = Stream.concat(
                unset ? Stream.of(readConfigured(described, fields, new Stored(ConfigurationPid.parsePid(pid), Map.of()), false)) : Stream.empty(),
                own.stream().map(stored -> readConfigured(described, fields, stored, true)));
        String description = orEmpty(described.definition().getDescription());
        return new SettingsForm(pid, readTitle(described), description, FormGroups.findGroup(pid), orEmpty(described.bundle().getSymbolicName()),
                described.running(), described.single(), described.several(), check.findLockReason(pid), fields, configurations.toList());
    }

    private static String readTitle(Described described) {
        String title = orEmpty(described.definition().getName());
        return title.isBlank() ? described.pid() : title;
    }

    /** @param stored whether the configuration has values */
    Configured readConfigured(Described described, List<SettingsField> fields, Stored configuration, boolean stored) {
        return new Configured(configuration.pid().name(), findTitle(described, fields, configuration), findTarget(described.pid(), fields, configuration),
                stored, stored ? findProblem(described.pid(), configuration) : Optional.empty());
    }

    private static String findTitle(Described described, List<SettingsField> fields, Stored configuration) {
        ConfigurationPid pid = configuration.pid();
        return TITLE_KEYS.stream().flatMap(key -> findValue(fields, configuration, key).stream()).filter(text -> !text.isBlank()).findFirst()
                .or(() -> pid.factory().filter(factory -> factory.equals(TARGET_FORM)).flatMap(factory -> findValue(fields, configuration, TARGET_FORM_ID)))
                .or(() -> pid.factory().map(factory -> pid.name().substring(factory.length() + 1))).orElseGet(() -> readTitle(described));
    }

    private static Optional<String> findTarget(String form, List<SettingsField> fields, Stored configuration) {
        return findValue(fields, configuration, form.equals(TARGET_FORM) ? TARGET_FORM_ID : TARGET);
    }

    /** The value or the default of a setting of the form. */
    private static Optional<String> findValue(List<SettingsField> fields, Stored configuration, String key) {
        return fields.stream().filter(field -> field.id().equals(key)).findFirst().flatMap(field -> {
            List<String> values = configuration.values().containsKey(key) ? readTexts(configuration.values().get(key)) : field.defaults();
            return values.stream().findFirst();
        });
    }

    private Optional<String> findProblem(String form, Stored configuration) {
        Map<String, Object> values = new TreeMap<>(configuration.values());
        values.put(Constants.SERVICE_PID, configuration.pid().name());
        try {
            if (check.findLockReason(form).isEmpty()) {
                check.checkForm(form, values);
            }
            return Optional.empty();
        } catch (BadValueException e) {
            return Optional.of(e.getMessage());
        }
    }

    private List<SettingsField> readFields(Described described) {
        Map<String, NumberLimits> limitsByKey = limits.apply(described.pid());
        return described.attributes().stream().filter(attribute -> !attribute.getID().equals(NAME_HINT))
                .map(attribute -> readField(described, attribute, limitsByKey.getOrDefault(attribute.getID(), new NumberLimits("", "")))).toList();
    }

    private SettingsField readField(Described described, AttributeDefinition attribute, NumberLimits limit) {
        String id = attribute.getID();
        boolean list = attribute.getCardinality() != 0;
        Kind kind = isSecret(described.pid(), id) ? Kind.SECRET : findKind(attribute.getType());
        List<String> defaults = kind == Kind.SECRET ? List.of() : readDefaults(attribute, list);
        String name = orEmpty(attribute.getName());
        return new SettingsField(id, name.isBlank() ? id : name, orEmpty(attribute.getDescription()), kind, list, defaults,
                Optional.of(limit.min()).filter(text -> !text.isBlank()), Optional.of(limit.max()).filter(text -> !text.isBlank()),
                readOptions(attribute), !list && kind != Kind.SECRET && attribute.getDefaultValue() == null && !described.isOptional(id));
    }

    private static Kind findKind(int type) {
        return switch (type) {
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT, AttributeDefinition.BYTE -> Kind.INTEGER;
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> Kind.DECIMAL;
            case AttributeDefinition.BOOLEAN -> Kind.FLAG;
            case AttributeDefinition.PASSWORD -> Kind.SECRET;
            default -> Kind.TEXT;
        };
    }

    private static List<String> readDefaults(AttributeDefinition attribute, boolean list) {
        String[] defaults = attribute.getDefaultValue();
        List<String> texts = defaults == null ? List.of() : List.of(defaults);
        return list ? texts.stream().filter(text -> !text.isEmpty()).toList() : texts.stream().limit(1).toList();
    }

    private static List<SettingsField.Option> readOptions(AttributeDefinition attribute) {
        String[] values = attribute.getOptionValues();
        String[] labels = attribute.getOptionLabels();
        return values == null ? List.of() : IntStream.range(0, values.length)
                .mapToObj(i -> new SettingsField.Option(values[i], labels == null || labels.length <= i ? values[i] : labels[i])).toList();
    }

    /** The texts of a value: several for a list or array. */
    static List<String> readTexts(Object value) {
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value)).mapToObj(i -> String.valueOf(Array.get(value, i))).toList();
        }
        return value instanceof Collection<?> several ? several.stream().map(String::valueOf).toList() : List.of(value.toString());
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
