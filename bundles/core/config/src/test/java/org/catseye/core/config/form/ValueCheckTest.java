package org.catseye.core.config.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.metatype.AD;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.catseye.secrets.SecretSettings;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

public class ValueCheckTest {

    private static final String PID = "org.example.part";

    private final Map<String, Map<String, Object>> current = new HashMap<>();
    private final Map<String, ConfigurationCheck> checks = new HashMap<>();
    private final SecretValues secrets = new SecretValues(pid -> Optional.ofNullable(current.get(pid)));
    private final ValueCheck form = check(service(attribute("hours", "Integer", "1", "720"),
            attribute("name", "String", null, null), attribute("secret", "Password", null, null), choice("kind", "small", "large")));

    @Test
    public void whatTheFormAllowsIsSaved() throws Exception {
        save(null, Map.of("hours", 5, "name", "", "kind", "large", "unknown", "x"));
        save(null, Map.of("hours", "", "kind", ""));
        save(null, Map.of());
        form.checkValues("", Optional.of("org.example.without.a.form"), Map.of("hours", "abc"));
    }

    @Test
    public void whatItDoesNotIsRefusedWithKeyValueAndWhatIsRight() {
        refused("org.example.part: hours is 'abc'; it has to be a whole number (About hours.)", null, Map.of("hours", "abc"));
        refused("org.example.part: hours is '721'; it has to be a smaller whole number (About hours.)", null, Map.of("hours", 721));
        refused("org.example.part: hours is '0'; it has to be a larger whole number (About hours.)", null, Map.of("hours", 0));
        refused("org.example.part: kind is 'huge'; it has to be one of small, large (About kind.)", null, Map.of("kind", "huge"));
    }

    @Test
    public void eachElementOfAListIsChecked() throws Exception {
        AD ports = attribute("ports", "Integer", "1", null);
        AD kinds = choice("kinds", "small", "very, large");
        AD names = attribute("names", "String", null, null);
        Stream.of(ports, kinds, names).forEach(list -> list.setCardinality(5));
        ValueCheck lists = check(service(ports, kinds, names));
        lists.checkValues("", Optional.of(PID), Map.of("ports", new int[] {80, 443}, "kinds", List.of("very, large", "small"), "names", new String[] {"", "a\\b, c"}));
        lists.checkValues("", Optional.of(PID), Map.of("ports", "80, x"));
        Map<String, Map<String, Object>> wrong = Map.of("ports is 'abc'; it has to be a whole number", Map.of("ports", new String[] {"80", "abc"}),
                "ports is '0'; it has to be a larger whole number", Map.of("ports", new int[] {80, 0}),
                "ports is ''; it has to be a whole number", Map.of("ports", List.of("")),
                "kinds is 'large'; it has to be one of small, very, large", Map.of("kinds", List.of("small", "large")));
        wrong.forEach((words, values) -> {
            String message = assertThrows(words, BadValueException.class, () -> lists.checkValues("", Optional.of(PID), values)).getMessage();
            assertEquals(message, PID + ": " + words, message.replaceFirst(" \\(About .*", ""));
        });
        refused("org.example.part: hours is '[5, 6]'; it has to be a whole number (About hours.)", null, Map.of("hours", new String[] {"5", "6"}));
    }

    @Test
    public void whereADescriptionLooksAtNothingNumbersAreStillNumbers() throws Exception {
        ValueCheck blind = check(service(blind("port", AttributeDefinition.INTEGER), blind("share", AttributeDefinition.DOUBLE),
                blind("size", AttributeDefinition.LONG), blind("name", AttributeDefinition.STRING)));
        blind.checkValues("", Optional.of(PID), Map.of("port", 8080, "share", "0.5", "size", "99999999999", "name", "abc"));
        for (String key : new String[] {"port", "share", "size"}) {
            String words = assertThrows(BadValueException.class, () -> blind.checkValues("", Optional.of(PID), Map.of(key, "abc"))).getMessage();
            assertEquals(PID + ": " + key + " is 'abc'; it has to be a " + (key.equals("share") ? "number" : "whole number"), words);
        }
    }

    @Test
    public void theFormOfAFactoryCountsForItsInstances() {
        refused("org.example.part~x: hours is 'abc'; it has to be a whole number (About hours.)", PID, Map.of("hours", "abc"));
        for (String factory : new String[] {PID, null}) {
            Optional<String> pid = factory == null ? Optional.of(PID + "~x") : Optional.empty();
            BadValueException e = assertThrows(BadValueException.class, () -> form.checkValues(factory == null ? "" : factory, pid, Map.of("hours", "abc")));
            assertEquals(pid.orElse(PID) + ": hours is 'abc'; it has to be a whole number (About hours.)", e.getMessage());
        }
    }

    @Test
    public void namingAnotherFactoryLeadsPastNoForm() {
        for (String factory : new String[] {"org.example.without.a.form", PID + "~y", ""}) {
            refused("org.example.part~x: hours is 'abc'; it has to be a whole number (About hours.)", factory, Map.of("hours", "abc"));
        }
        BadValueException e = assertThrows(BadValueException.class, () -> form.checkValues(PID + "~y", Optional.empty(), Map.of("hours", "abc")));
        assertEquals("org.example.part~y: hours is 'abc'; it has to be a whole number (About hours.)", e.getMessage());
    }

    @Test
    public void aConfigurationForOneBundleOnlyHasTheSameForm() {
        BadValueException refused = assertThrows(BadValueException.class, () -> form.checkValues("", Optional.of(PID + "|org.example"), Map.of("hours", "abc")));
        assertEquals("org.example.part|org.example: hours is 'abc'; it has to be a whole number (About hours.)", refused.getMessage());
        BadValueException e = assertThrows(BadValueException.class,
                () -> form.checkValues("", Optional.of("org.catseye.web.gate|org.catseye.web.gate"), Map.of("guard.target", "(a=b)")));
        assertEquals("org.catseye.web.gate: guard.target is '...'; it has to be left out: it is an order to the framework and may keep you out. If need be, write it into the file",
                e.getMessage());
    }

    @Test
    public void whoReadsAConfigurationKnowsBetterThanItsForm() throws Exception {
        checks.put(PID, values -> {
            if (!"abc".equals(values.get("hours"))) {
                throw new BadValueException(values.get("service.pid").toString(), "hours", values.get("hours"), "abc");
            }
        });
        save(PID, Map.of("hours", "abc"));
        refused("org.example.part~x: hours is '7'; it has to be abc", PID, Map.of("hours", 7));
        checks.remove(PID);
        save(PID, Map.of("hours", 7));
    }

    @Test
    public void dotsThatStandForNoSecretOfThisSettingAreRefused() throws Exception {
        String own = SecretSettings.hideValue(PID, "secret", "blue 7 tulips");
        String foreign = SecretSettings.hideValue("org.example.other", "secret", "red 9 roses");
        current.put(PID, Map.of("secret", own));
        save(null, Map.of("secret", own, "hours", 5));
        save(null, Map.of("secret", new String[] {own}));
        save(null, Map.of("SECRET", own));
        save(null, Map.of("secret", "a new one"));
        save(null, Map.of("secret", ""));
        for (Object dots : new Object[] {foreign, own + "x", " " + own, SecretSettings.UNKNOWN, SecretSettings.UNKNOWN + "#", new String[] {SecretSettings.UNKNOWN}}) {
            refused("org.example.part: secret is '" + SecretSettings.UNKNOWN + "'; it has to be the value itself, because these dots stand for no known value "
                    + "of this setting", null, Map.of("secret", dots));
        }
        BadValueException e = assertThrows(BadValueException.class, () -> save(null, Map.of("name", own, "secret", own)));
        assertEquals("copied into another setting", true, e.getMessage().startsWith("org.example.part: name is '" + SecretSettings.UNKNOWN + "'"));
        assertThrows("of another instance", BadValueException.class, () -> save(PID, Map.of("secret", own)));
        assertThrows("of a configuration for one bundle", BadValueException.class,
                () -> form.checkValues("", Optional.of(PID + "|org.example.bundle"), Map.of("secret", own)));
        assertThrows("of a new instance", BadValueException.class, () -> form.checkValues(PID, Optional.empty(), Map.of("secret", own)));
    }

    /** The console leaves it out if the request writes its name with other letters. */
    @Test
    public void aSecretIsNotLostBecauseTheFormLeavesItOut() throws Exception {
        current.put(PID, Map.of("secret", SecretSettings.hideValue(PID, "secret", "blue 7 tulips"), "hours", 5));
        refused("org.example.part: secret is '" + SecretSettings.UNKNOWN + "'; it has to be in the form, under exactly this name. Leave it empty to remove it",
                null, Map.of("hours", 5));
        current.put(PID, Map.of("secret", "", "hours", 5));
        save(null, Map.of());
    }

    @Test
    public void aCheckThatFailsLeavesItToTheForm() throws Exception {
        checks.put(PID, values -> {
            throw new IllegalStateException("a defect");
        });
        refused("org.example.part~x: hours is 'abc'; it has to be a whole number (About hours.)", PID, Map.of("hours", "abc"));
        save(PID, Map.of("hours", 7));
    }

    private void save(String factory, Map<String, Object> values) throws BadValueException {
        form.checkValues(factory == null ? "" : factory, Optional.of(factory == null ? PID : PID + "~x"), values);
    }

    private void refused(String words, String factory, Map<String, Object> values) {
        assertEquals(words, assertThrows(BadValueException.class, () -> save(factory, values)).getMessage());
    }

    private ValueCheck check(MetaTypeService metatype) {
        Bundle bundle = fake(Bundle.class, Map.of("getState", Bundle.ACTIVE, "getVersion", Version.emptyVersion));
        FormCatalog forms = new FormCatalog(() -> Optional.of(metatype), () -> new Bundle[] {bundle});
        return new ValueCheck(new FormTypes(forms), secrets, name -> Optional.ofNullable(checks.get(name)));
    }

    private static AD attribute(String id, String type, String min, String max) {
        AD attribute = new AD();
        attribute.setID(id);
        attribute.setType(type);
        attribute.setDescription("About " + id + ".");
        attribute.setMin(min);
        attribute.setMax(max);
        return attribute;
    }

    private static AD choice(String id, String... values) {
        AD attribute = attribute(id, "String", null, null);
        Map<String, String> options = new LinkedHashMap<>();
        for (String value : values) {
            options.put(value, "the " + value + " one");
        }
        attribute.setOptions(options);
        return attribute;
    }

    private static AttributeDefinition blind(String id, int type) {
        return fake(AttributeDefinition.class, Map.of("getID", id, "getType", type, "getCardinality", 0));
    }

    private static MetaTypeService service(AD... known) {
        return service(Stream.of(known).map(ValueCheckTest::asTheServiceGivesIt).toArray(AttributeDefinition[]::new));
    }

    private static MetaTypeService service(AttributeDefinition... attributes) {
        ObjectClassDefinition form = fake(ObjectClassDefinition.class, Map.of("getAttributeDefinitions", attributes));
        MetaTypeInformation information = fake(MetaTypeInformation.class, Map.of("getPids", new String[] {"org.example.other"}, "getFactoryPids", new String[] {PID},
                "getObjectClassDefinition", form));
        return fake(MetaTypeService.class, Map.of("getMetaTypeInformation", information));
    }

    private static AttributeDefinition asTheServiceGivesIt(AD attribute) {
        return (AttributeDefinition) Proxy.newProxyInstance(ValueCheckTest.class.getClassLoader(), new Class<?>[] {AttributeDefinition.class},
                (proxy, method, arguments) -> AD.class.getMethod(method.getName(), method.getParameterTypes()).invoke(attribute, arguments));
    }

    /** Returns the given results by method name; equal only to itself. */
    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<?> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(ValueCheckTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> answers.get(method.getName());
        });
    }
}
