package org.catseye.web.rest.openapi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.Wired;
import org.catseye.web.rest.route.ApiServlet;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

public class ApiDescriptionTest {

    private static final String HELLO = "/paths/~1api~1v1~1targets~1{id}~1hello";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final ApiDescription description = new ApiDescription();

    private ServiceReference<?> add(int rank, String path) {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> entry((String) arguments[0]));
        ServiceReference<?> reference = Wired.reference(rank, new HashMap<>(Map.of(TargetResource.OPENAPI, path, "bundle", bundle)));
        description.addFragment(reference);
        return reference;
    }

    private URL entry(String name) throws MalformedURLException {
        Path file = folder.getRoot().toPath().resolve(name.substring(1));
        return Files.exists(file) ? file.toUri().toURL() : null;
    }

    private void write(String name, String content) throws IOException {
        Files.write(folder.getRoot().toPath().resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode read() throws IOException {
        return ApiServlet.JSON.readTree(description.toJson());
    }

    @Test
    public void fragmentsAddPathsAndComponentsWhileTheirServicesAreThere() throws IOException {
        write("hello.json", "{\"paths\":{\"/api/v1/targets/{id}/hello\":{\"get\":{}}},\"components\":{\"schemas\":{\"Hello\":{\"type\":\"object\"}},\"examples\":{\"x\":{}}}}");
        JsonNode before = read();
        ServiceReference<?> hello = add(1, "/hello.json");
        assertTrue(read().at(HELLO + "/get").isObject());
        assertTrue(read().at("/components/schemas/Hello").isObject());
        assertTrue(read().at("/components/examples/x").isObject());
        assertTrue("what was there stays", read().at("/components/schemas/Error").isObject());
        description.removeFragment(hello);
        assertEquals(before, read());
    }

    @Test
    public void theDescriptionIsBuiltOncePerChange() throws IOException {
        byte[] first = description.toJson();
        assertSame(first, description.toJson());
        add(1, "/missing.json");
        assertFalse(first == description.toJson());
    }

    @Test
    public void brokenFragmentsAreLeftOut() throws IOException {
        JsonNode before = read();
        write("cut.json", "{\"paths\":{");
        write("text.json", "\"hello\"");
        write("large.json", "{\"paths\":{}, \"x\":\"" + "x".repeat(ApiDescription.MAX_FRAGMENT_BYTES) + "\"}");
        int rank = 0;
        for (String name : new String[] {"/cut.json", "/text.json", "/large.json", "/missing.json"}) {
            add(++rank, name);
        }
        assertEquals(before, read());
    }

    @Test
    public void aFragmentThatBecomesBrokenIsRemoved() throws IOException {
        write("hello.json", "{\"paths\":{\"/api/v1/targets/{id}/hello\":{\"get\":{}}}}");
        ServiceReference<?> hello = add(1, "/hello.json");
        assertTrue(read().at(HELLO).isObject());
        write("hello.json", "nothing");
        description.addFragment(hello);
        assertFalse(read().at(HELLO).isObject());
    }

    @Test
    public void aFragmentReplacesNothingAndTheBestServiceCounts() throws IOException {
        write("taken.json", "{\"paths\":{\"/api/v1/session\":{\"get\":{\"summary\":\"mine\"}},\"/x\":{\"get\":{\"summary\":\"worse\"}}}}");
        write("better.json", "{\"paths\":{\"/x\":{\"get\":{\"summary\":\"better\"}}}}");
        JsonNode before = read().at("/paths/~1api~1v1~1session");
        add(1, "/taken.json");
        add(2, "/better.json");
        assertEquals(before, read().at("/paths/~1api~1v1~1session"));
        assertEquals("better", read().at("/paths/~1x/get/summary").textValue());
    }

    @Test
    public void theFragmentOfTheChecksRefersToWhatThereIs() throws IOException {
        Path file = Path.of("src/main/resources/openapi/checks.json");
        write("checks.json", Files.readString(file));
        add(1, "/checks.json");
        JsonNode all = read();
        assertTrue(all.at("/paths/~1api~1v1~1targets~1{id}~1checks/get").isObject());
        for (String reference : all.findValuesAsText("$ref")) {
            assertTrue(reference, all.at(reference.substring(1)).isObject());
        }
    }
}
