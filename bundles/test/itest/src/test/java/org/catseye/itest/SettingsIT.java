package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Settings over HTTP: what is saved is in the file and in effect, what is refused is in neither, and secrets stay on the device. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SettingsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SETTINGS = "/api/v1/settings";
    private static final String VIRTUAL = "org.catseye.virtual.target";
    private static final String TARGET = "org.catseye.core.target";
    private static final String LDAP = "org.catseye.auth.ldap";
    private static final String SECRET = "blue 7 tulips";

    @Inject
    private BundleContext context;
    private Client client;
    private Client.Socket control;

    @Configuration
    public Option[] config() throws IOException {
        return Product.configured(Map.of(LDAP, "# The search account\nbindPassword = " + SECRET + "\nbindDn = cn=x\n"), "virtual-target", "ldap");
    }

    @Before
    public void connect() throws Exception {
        client = new Running(context).client();
        control = client.socket("/api/v1/targets/default/control", "catseye.control.v1");
    }

    @After
    public void disconnect() {
        control.close();
    }

    private Path file(String pid) {
        return Path.of(context.getProperty("catseye.home"), "config", pid + ".cfg");
    }

    private JsonNode read(String path) throws Exception {
        HttpResponse<String> answer = client.send("GET", path, "");
        assertEquals(answer.body(), 200, answer.statusCode());
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> save(String pid, String values) throws Exception {
        return client.send("PUT", SETTINGS + "/" + pid, "{\"values\":" + values + "}");
    }

    private HttpResponse<String> add(String form, String name, String values) throws Exception {
        return client.send("POST", SETTINGS + "/" + form, "{\"name\":\"" + name + "\",\"values\":" + values + "}");
    }

    private void awaitTargets(String part) throws InterruptedException {
        assertNotNull(part, control.text(text -> text.contains("\"type\":\"targets\"") && text.contains(part)));
    }

    @Test
    public void formsOfTheProductAreInTheirGroups() throws Exception {
        Set<String> found = new TreeSet<>();
        for (JsonNode form : read(SETTINGS)) {
            found.add(form.get("pid").textValue() + " " + form.get("group").textValue());
            assertFalse(form.toString(), form.get("title").textValue().isBlank());
        }
        for (String form : Set.of(VIRTUAL + " computers", TARGET + " computers", LDAP + " web", "org.catseye.core.access web", "org.catseye.web.gate web",
                "org.catseye.core.media media", "org.apache.felix.http web")) {
            assertTrue(form + " in " + found, found.contains(form));
        }
        JsonNode fps = read(SETTINGS + "/" + VIRTUAL).get("fields").get(3);
        assertEquals("1 to 60", fps.get("min").textValue() + " to " + fps.get("max").textValue());
        assertEquals("30", fps.get("default").textValue());
        assertTrue("ports are set at the start", read(SETTINGS + "/org.apache.felix.http").get("form").get("lockReason").textValue().contains("--port"));
    }

    @Test
    public void aComputerIsRenamedUnderAnOpenPage() throws Exception {
        String before = Files.readString(file(TARGET + "~default"));
        assertEquals(200, save(TARGET + "~default", "{\"label\":\"Rack 7\"}").statusCode());
        awaitTargets("Rack 7");
        String after = Files.readString(file(TARGET + "~default"));
        assertTrue(after, after.contains("\nlabel = Rack 7\n") && after.lines().filter(line -> line.startsWith("#")).toList()
                .equals(before.lines().filter(line -> line.startsWith("#")).toList()));
        assertEquals(200, save(TARGET + "~default", "{\"label\":\"Rack 8\"}").statusCode());
        awaitTargets("Rack 8");
        assertEquals(201, add(TARGET, "second", "{\"id\":\"bay5\",\"label\":\"Next to it\"}").statusCode());
        awaitTargets("Next to it");
        assertEquals("id = bay5\nlabel = Next to it\n", Files.readString(file(TARGET + "~second")));
        assertEquals(204, client.send("DELETE", SETTINGS + "/" + TARGET + "~second", "").statusCode());
        assertFalse(Files.exists(file(TARGET + "~second")));
        assertTrue("who watches stays connected", control.open());
    }

    @Test
    public void aSecondComputerIsAddedAndRemoved() throws Exception {
        assertEquals(201, add(VIRTUAL, "two", "{\"kvm.target\":\"bay9\",\"kvm.label\":\"Second\"}").statusCode());
        awaitTargets("\"bay9\"");
        Running.await("its picture", () -> client.bytes("/api/v1/targets/bay9/snapshot.jpeg").statusCode() == 200 ? "yes" : null);
        assertEquals(409, add(VIRTUAL, "two", "{}").statusCode());
        assertEquals(204, client.send("DELETE", SETTINGS + "/" + VIRTUAL + "~two", "").statusCode());
        Running.await("its end", () -> client.bytes("/api/v1/targets/bay9/snapshot.jpeg").statusCode() == 404 ? "yes" : null);
    }

    @Test
    public void aWrongValueIsRefusedAndTheFileIsUntouched() throws Exception {
        String before = Files.exists(file(VIRTUAL)) ? Files.readString(file(VIRTUAL)) : "none";
        HttpResponse<String> refused = save(VIRTUAL, "{\"fps\":\"abc\"}");
        assertEquals(400, refused.statusCode());
        assertEquals("It has to be a whole number from 1 to 60.", JSON.readTree(refused.body()).at("/error/fields/fps").textValue());
        assertEquals(400, save(VIRTUAL, "{\"fsp\":5}").statusCode());
        assertEquals(400, save("org.apache.felix.http", "{\"org.osgi.service.http.port\":9}").statusCode());
        assertEquals(before, Files.exists(file(VIRTUAL)) ? Files.readString(file(VIRTUAL)) : "none");
        assertFalse(Files.exists(file("org.apache.felix.http")));
    }

    @Test
    public void aSecretIsNeverReturnedAndStaysWhenItIsNotSent() throws Exception {
        assertEquals(200, save(LDAP, "{\"bindDn\":\"cn=y\"}").statusCode());
        assertEquals("# The search account\nbindPassword = " + SECRET + "\nbindDn = cn=y\n", Files.readString(file(LDAP)).stripTrailing() + "\n");
        HttpResponse<String> answer = client.send("GET", SETTINGS + "/" + LDAP, "");
        assertFalse(answer.body(), answer.body().contains(SECRET) || answer.body().contains("\u2022"));
        boolean set = false;
        for (JsonNode field : JSON.readTree(answer.body()).get("fields")) {
            set |= field.get("id").textValue().equals("bindPassword") && field.get("set").booleanValue();
        }
        assertTrue("it is set", set);
        assertFalse(client.send("GET", SETTINGS, "").body().contains(SECRET));
        assertFalse(client.send("GET", "/api/v1/audit", "").body().contains(SECRET));
    }
}
