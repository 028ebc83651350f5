package org.catseye.core.config.form;

import static org.junit.Assert.assertEquals;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

public class FormCatalogTest {

    private static final String GOOD = "org.example.good";

    @Test
    public void aBundleThatDescribesItsSettingsWronglyHidesNoOtherForm() {
        List<Function<String, Object>> defects = List.of(
                method -> fail(new IllegalStateException("uninstalled")),
                method -> answer(method, name -> fail(new NoClassDefFoundError("x"))),
                method -> answer(method, name -> name.equals("getObjectClassDefinition") ? fail(new IllegalArgumentException("x")) : pids(name)),
                method -> answer(method, name -> name.equals("getObjectClassDefinition") ? null : pids(name)));
        for (Function<String, Object> defect : defects) {
            Bundle bad = bundle();
            Bundle good = bundle();
            MetaTypeService service = fake(MetaTypeService.class, (method, arguments) -> arguments[0] == bad ? defect.apply(method)
                    : answer(method, name -> name.equals("getObjectClassDefinition") ? fake(ObjectClassDefinition.class, (any, none) -> null) : pids(name)));
            FormCatalog catalog = new FormCatalog(() -> Optional.of(service), () -> new Bundle[] {bad, good});
            assertEquals(Set.of(GOOD), catalog.listForms().keySet());
            assertEquals(good, catalog.findForm(GOOD).orElseThrow().bundle());
        }
    }

    private static Object answer(String method, Function<String, Object> information) {
        return method.equals("getMetaTypeInformation") ? fake(MetaTypeInformation.class, (name, arguments) -> information.apply(name)) : null;
    }

    private static Object pids(String method) {
        return method.equals("getPids") ? new String[] {GOOD} : null;
    }

    private static Object fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static Bundle bundle() {
        return fake(Bundle.class, (method, arguments) -> switch (method) {
            case "getState" -> Bundle.ACTIVE;
            case "getVersion" -> Version.emptyVersion;
            default -> null;
        });
    }

    private interface Answers {
        Object answer(String method, Object[] arguments);
    }

    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<?> type, Answers answers) {
        return (T) Proxy.newProxyInstance(FormCatalogTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            case "toString" -> type.getSimpleName();
            default -> answers.answer(method.getName(), arguments);
        });
    }
}
