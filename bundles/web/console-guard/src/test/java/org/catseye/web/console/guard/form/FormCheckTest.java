package org.catseye.web.console.guard.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.metatype.AD;
import org.apache.felix.webconsole.spi.ValidationException;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.catseye.secrets.SecretSettings;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

public class FormCheckTest {

    private static final String PID = "org.example.part";

    private final Map<String, Dictionary<String, Object>> current = new HashMap<>();
    private final SecretValues secrets = new SecretValues(pid -> Optional.ofNullable(current.get(pid)));
    private final FormCheck form = new FormCheck(new FormTypes(service(attribute("hours", "Integer", "1", "720"),
            attribute("name", "String", null, null), attribute("secret", "Password", null, null), choice("kind", "small", "large")), () -> new Bundle[] {fake(Bundle.class, Map.of())}), secrets);

    @Test
    public void whatTheFormAllowsIsSaved() throws Exception {
        save(null, Map.of("hours", 5, "name", "", "kind", "large", "unknown", "x"));
        save(null, Map.of("hours", "", "kind", ""));
        save(null, Map.of());
        form.updateConfiguration(null, "org.example.without.a.form", new Hashtable<>(Map.of("hours", "abc")));
        form.createConfiguration(PID);
        form.createFactoryConfiguration(PID, "x");
        form.deleteConfiguration(null, PID);
    }

    @Test
    public void whatItDoesNotIsRefusedWithKeyValueAndWhatIsRight() {
        refused("org.example.part: hours is 'abc'; it has to be a whole number (About hours.)", null, Map.of("hours", "abc"));
        refused("org.example.part: hours is '721'; it has to be a smaller whole number (About hours.)", null, Map.of("hours", 721));
        refused("org.example.part: hours is '0'; it has to be a larger whole number (About hours.)", null, Map.of("hours", 0));
        refused("org.example.part: kind is 'huge'; it has to be one of small, large (About kind.)", null, Map.of("kind", "huge"));
    }

    @Test
    public void whereADescriptionLooksAtNothingNumbersAreStillNumbers() throws Exception {
        FormCheck blind = new FormCheck(new FormTypes(service(blind("port", AttributeDefinition.INTEGER), blind("share", AttributeDefinition.DOUBLE),
                blind("size", AttributeDefinition.LONG), blind("name", AttributeDefinition.STRING)), () -> new Bundle[] {fake(Bundle.class, Map.of())}), secrets);
        blind.updateConfiguration(null, PID, new Hashtable<>(Map.of("port", 8080, "share", "0.5", "size", "99999999999", "name", "abc")));
        for (String key : new String[] {"port", "share", "size"}) {
            String words = assertThrows(ValidationException.class, () -> blind.updateConfiguration(null, PID, new Hashtable<>(Map.of(key, "abc")))).getMessage();
            assertEquals(PID + ": " + key + " is 'abc'; it has to be a " + (key.equals("share") ? "number" : "whole number"), words);
        }
    }

    @Test
    public void theFormOfAFactoryCountsForItsInstances() {
        refused("org.example.part~x: hours is 'abc'; it has to be a whole number (About hours.)", PID, Map.of("hours", "abc"));
        for (String factory : new String[] {PID, null}) {
            String pid = factory == null ? PID + "~x" : "[Temporary PID replaced by real PID upon save]";
            ValidationException e = assertThrows(ValidationException.class, () -> form.updateConfiguration(factory, pid, new Hashtable<>(Map.of("hours", "abc"))));
            assertEquals((factory == null ? pid : PID) + ": hours is 'abc'; it has to be a whole number (About hours.)", e.getMessage());
        }
    }

    @Test
    public void namingAnotherFactoryLeadsPastNoForm() {
        for (String factory : new String[] {"org.example.without.a.form", PID + "~y", ""}) {
            refused("org.example.part~x: hours is 'abc'; it has to be a whole number (About hours.)", factory, Map.of("hours", "abc"));
        }
        ValidationException e = assertThrows(ValidationException.class, () -> form.updateConfiguration(PID + "~y", "[Temporary]", new Hashtable<>(Map.of("hours", "abc"))));
        assertEquals("org.example.part~y: hours is 'abc'; it has to be a whole number (About hours.)", e.getMessage());
    }

    @Test
    public void aConfigurationForOneBundleOnlyHasTheSameForm() {
        ValidationException refused = assertThrows(ValidationException.class, () -> form.updateConfiguration(null, PID + "|org.example", new Hashtable<>(Map.of("hours", "abc"))));
        assertEquals("org.example.part|org.example: hours is 'abc'; it has to be a whole number (About hours.)", refused.getMessage());
        ValidationException e = assertThrows(ValidationException.class,
                () -> form.updateConfiguration(null, "org.catseye.web.gate|org.catseye.web.gate", new Hashtable<>(Map.of("guard.target", "(a=b)"))));
        assertEquals("org.catseye.web.gate: guard.target is '...'; it has to be left out: it is an order to the framework and may keep you out. If need be, write it into the file",
                e.getMessage());
    }

    @Test
    public void whoReadsAConfigurationKnowsBetterThanItsForm() throws Exception {
        ServiceReference<ConfigurationCheck> reference = fake(ServiceReference.class, Map.of("getProperty", PID));
        form.addCheck(reference, values -> {
            if (!"abc".equals(values.get("hours"))) {
                throw new BadValueException(values.get("service.pid").toString(), "hours", values.get("hours"), "abc");
            }
        });
        save(PID, Map.of("hours", "abc"));
        refused("org.example.part~x: hours is '7'; it has to be abc", PID, Map.of("hours", 7));
        form.removeCheck(reference);
        save(PID, Map.of("hours", 7));
    }

    @Test
    public void dotsThatStandForNoSecretOfThisSettingAreRefused() throws Exception {
        String own = SecretSettings.hideValue(PID, "secret", "blue 7 tulips");
        String foreign = SecretSettings.hideValue("org.example.other", "secret", "red 9 roses");
        current.put(PID, new Hashtable<>(Map.of("secret", own)));
        save(null, Map.of("secret", own, "hours", 5));
        save(null, Map.of("secret", new String[] {own}));
        save(null, Map.of("SECRET", own));
        save(null, Map.of("secret", "a new one"));
        save(null, Map.of("secret", ""));
        for (Object dots : new Object[] {foreign, own + "x", " " + own, SecretSettings.UNKNOWN, SecretSettings.UNKNOWN + "#", new String[] {SecretSettings.UNKNOWN}}) {
            refused("org.example.part: secret is '" + SecretSettings.UNKNOWN + "'; it has to be the value itself, because these dots stand for no known value "
                    + "of this setting", null, Map.of("secret", dots));
        }
        ValidationException e = assertThrows(ValidationException.class, () -> save(null, Map.of("name", own, "secret", own)));
        assertEquals("copied into another setting", true, e.getMessage().startsWith("org.example.part: name is '" + SecretSettings.UNKNOWN + "'"));
        assertThrows("of another instance", ValidationException.class, () -> save(PID, Map.of("secret", own)));
        assertThrows("of a configuration for one bundle", ValidationException.class,
                () -> form.updateConfiguration(null, PID + "|org.example.bundle", new Hashtable<>(Map.of("secret", own))));
        assertThrows("of a new instance", ValidationException.class, () -> form.updateConfiguration(PID, "[Temporary]", new Hashtable<>(Map.of("secret", own))));
    }

    /** The console leaves it out if the request writes its name with other letters. */
    @Test
    public void aSecretIsNotLostBecauseTheFormLeavesItOut() throws Exception {
        current.put(PID, new Hashtable<>(Map.of("secret", SecretSettings.hideValue(PID, "secret", "blue 7 tulips"), "hours", 5)));
        refused("org.example.part: secret is '" + SecretSettings.UNKNOWN + "'; it has to be in the form, under exactly this name. Leave it empty to remove it",
                null, Map.of("hours", 5));
        current.put(PID, new Hashtable<>(Map.of("secret", "", "hours", 5)));
        save(null, Map.of());
    }

    @Test
    public void aCheckThatFailsLeavesItToTheForm() throws Exception {
        ServiceReference<ConfigurationCheck> reference = fake(ServiceReference.class, Map.of("getProperty", PID));
        form.addCheck(reference, values -> {
            throw new IllegalStateException("a defect");
        });
        refused("org.example.part~x: hours is 'abc'; it has to be a whole number (About hours.)", PID, Map.of("hours", "abc"));
        save(PID, Map.of("hours", 7));
    }

    private void save(String factory, Map<String, Object> values) throws ValidationException {
        form.updateConfiguration(factory, factory == null ? PID : PID + "~x", new Hashtable<>(values));
    }

    private void refused(String words, String factory, Map<String, Object> values) {
        assertEquals(words, assertThrows(ValidationException.class, () -> save(factory, values)).getMessage());
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
        return service(Stream.of(known).map(FormCheckTest::asTheServiceGivesIt).toArray(AttributeDefinition[]::new));
    }

    private static MetaTypeService service(AttributeDefinition... attributes) {
        ObjectClassDefinition form = fake(ObjectClassDefinition.class, Map.of("getAttributeDefinitions", attributes));
        MetaTypeInformation information = fake(MetaTypeInformation.class, Map.of("getPids", new String[] {"org.example.other"}, "getFactoryPids", new String[] {PID},
                "getObjectClassDefinition", form));
        return fake(MetaTypeService.class, Map.of("getMetaTypeInformation", information));
    }

    private static AttributeDefinition asTheServiceGivesIt(AD attribute) {
        return (AttributeDefinition) Proxy.newProxyInstance(FormCheckTest.class.getClassLoader(), new Class<?>[] {AttributeDefinition.class},
                (proxy, method, arguments) -> AD.class.getMethod(method.getName(), method.getParameterTypes()).invoke(attribute, arguments));
    }

    /** Returns the given results by method name; equal only to itself. */
    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<?> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(FormCheckTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> answers.get(method.getName());
        });
    }
}
