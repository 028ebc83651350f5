package org.catseye.itest;

import static org.catseye.itest.Lockout.Outcome.BREAKS;
import static org.catseye.itest.Lockout.Outcome.HEALS;
import static org.catseye.itest.Lockout.Outcome.REFUSED;
import static org.catseye.itest.Lockout.Outcome.WITHSTOOD;
import static org.catseye.itest.Lockout.bundle;
import static org.catseye.itest.Lockout.drop;
import static org.catseye.itest.Lockout.file;
import static org.catseye.itest.Lockout.form;
import static org.catseye.itest.Lockout.upload;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * Whatever an administrator does: either the product refuses it, or mends it, or one {@code catseye recover} lets people in again, with users and the
 * settings of targets as they were. {@code -Dcatseye.lockout.all=true} tries all of them, in some ten minutes; {@code -Dcatseye.lockout.only=PATTERN} those whose
 * name has a match.
 */
@RunWith(Parameterized.class)
public class LockoutIT {

    private static final String MANAGER = "org.apache.felix.webconsole.internal.servlet.OsgiManager";
    private static final String GATE = "org.catseye.web.gate";
    private static final String JETTY = "org.apache.felix.http.jetty12";
    private static final long BROKEN_SECONDS = 45;
    private static final long HEALED_SECONDS = 60;
    private static Device device;
    private static int passwords;
    private static String password = Product.PASSWORD;

    private final Lockout lockout;

    public LockoutIT(Lockout lockout) {
        this.lockout = lockout;
    }

    @Parameters(name = "{0}")
    public static List<Lockout> lockouts() throws Exception {
        List<Lockout> all = new ArrayList<>(List.of(
                form(REFUSED, MANAGER, "manager.root", "/api/v1"),
                form(REFUSED, MANAGER, "password", "mine"),
                form(REFUSED, MANAGER, "username", "eve"),
                form(REFUSED, MANAGER + "|org.apache.felix.webconsole", "manager.root", "/api/v1"),
                form(REFUSED, "org.apache.felix.http", "org.osgi.service.http.port", "1"),
                form(REFUSED, "org.apache.felix.http|" + JETTY, "org.osgi.service.http.port", "1"),
                form(REFUSED, GATE, "osgi.http.whiteboard.target", "(no=where)"),
                form(REFUSED, "org.catseye.core.access", "audit.target", "(no=where)"),
                upload(REFUSED, GATE, "99.0.0"),
                upload(REFUSED, "org.catseye.core.access", "99.0.0"),
                upload(REFUSED, "org.catseye.auth.file", "99.0.0"),
                upload(REFUSED, "org.catseye.web.rest", "99.0.0"),
                upload(REFUSED, "org.catseye.web.ui", "99.0.0"),
                upload(REFUSED, "system.bundle", "99.0.0"),
                file(BREAKS, MANAGER + ".config", "manager.root=\"/api/v1\""),
                file(BREAKS, "org.apache.felix.http.config", "org.osgi.service.http.port=\"0\""),
                file(BREAKS, "org.apache.felix.http.config", "org.apache.felix.http.context_path=\"/elsewhere\""),
                file(BREAKS, "org.apache.felix.http.config", "org.apache.felix.http.host=\"192.0.2.1\"").onDemand(),
                file(BREAKS, "org.apache.felix.http.config", "org.apache.felix.http.enable=B\"false\"").onDemand(),
                file(BREAKS, GATE + ".cfg", "osgi.http.whiteboard.target = (no=where)"),
                file(BREAKS, "org.catseye.core.access.cfg", "Authenticator.target = (no=where)").onDemand(),
                file(BREAKS, "org.catseye.virtual.target.cfg", "osgi.http.whiteboard.resource.pattern = [\"/login\", \"/api/v1/session\"]\n"
                        + "osgi.http.whiteboard.resource.prefix = /none\nservice.ranking = 2147483647\nosgi.http.whiteboard.context.select = (osgi.http.whiteboard.context.name=*)").onDemand(),
                upload(BREAKS, "preprocessor", HostileJar.doing("preprocessor"), 20),
                upload(BREAKS, "filter", HostileJar.doing("filter"), 20),
                upload(BREAKS, "servlet", HostileJar.doing("servlet"), 20).onDemand(),
                drop(BREAKS, "preprocessor", HostileJar.doing("preprocessor")).onDemand(),
                drop(BREAKS, "hog", HostileJar.doing("hog")),
                bundle(HEALS, "stop", "org.apache.felix.scr"),
                bundle(HEALS, "uninstall", GATE)));
        for (String name : List.of("org.apache.felix.configadmin", JETTY, GATE, "org.catseye.core.access", "org.catseye.auth.file", "org.catseye.web.rest", "org.catseye.web.ui",
                "org.apache.felix.http.servlet-api")) {
            all.add(bundle(HEALS, "stop", name).onDemand());
            all.add(bundle(HEALS, "uninstall", name).onDemand());
        }
        all.add(bundle(HEALS, "uninstall", "org.apache.felix.scr").onDemand());
        all.add(bundle(HEALS, "uninstall", "org.catseye.api").onDemand());
        all.add(new Lockout("the framework's start level", HEALS, true, (device, console) -> console.form("/system/console/vmstat", "action=setStartLevel&systemStartLevel=1&bundleStartLevel=1")));
        all.add(drop(WITHSTOOD, "gate", HostileJar.named(GATE, "99.0.0", Map.of())));
        all.add(drop(WITHSTOOD, "access", HostileJar.named("org.example.access", "1.0.0", Map.of("Export-Package", "org.catseye.access;version=\"1.99.0\""))));
        all.add(upload(WITHSTOOD, "fragment-gate", HostileJar.named("org.example.fragment", "1.0.0", Map.of("Fragment-Host", GATE, "Import-Package", "not.there")), 20).onDemand());
        all.add(upload(WITHSTOOD, "fragment-jetty", HostileJar.named("org.example.fragment", "1.0.0", Map.of("Fragment-Host", JETTY, "Import-Package", "not.there")), 20).onDemand());
        all.add(file(WITHSTOOD, "org.catseye.core.config.cfg", "folder = /nowhere"));
        all.add(file(WITHSTOOD, "org.apache.felix.scr.ScrService.config", "ds.factory.enabled=B\"true\"\nds.loglevel=I\"4\"\nds.lock.timeout.milliseconds=L\"1\"").onDemand());
        return all;
    }

    @Before
    public void claim() throws Exception {
        Assume.assumeTrue("-Dcatseye.lockout.all=true tries it", lockout.always() || Boolean.getBoolean("catseye.lockout.all"));
        Assume.assumeTrue("another is tried", Pattern.compile(System.getProperty("catseye.lockout.only", "")).matcher(lockout.name()).find());
        if (device != null && device.isHealthy() && device.opens(password)) {
            return;
        }
        close();
        password = Product.PASSWORD;
        device = new Device();
        device.start();
        device.awaitReady();
        Client owner = new Client(device.origin()).login(password);
        assertEquals(201, owner.send("POST", "/api/v1/users", "{\"name\":\"eve\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{\"default\":[\"VIEW\"]}}").statusCode());
        Files.writeString(config("org.catseye.core.target~default.cfg"), "id = default\nlabel = Rack 7\n");
        Files.writeString(config("org.catseye.virtual.target.cfg"), "size = 1024x768\n");
        Running.await("the label", () -> owner.send("GET", "/api/v1/targets", "").body().contains("Rack 7") ? true : null);
    }

    @AfterClass
    public static void close() throws Exception {
        if (device != null) {
            device.stop();
            device = null;
        }
    }

    private static Path config(String name) {
        return device.home().resolve("config").resolve(name);
    }

    @Test
    public void doesNotKeepPeopleOutForGood() throws Exception {
        long before = Files.readString(device.output()).lines().count();
        HttpResponse<String> answer = lockout.action().run(device, new Client(device.origin()).login(password));
        switch (lockout.outcome()) {
            case REFUSED -> assertRefused(answer);
            case WITHSTOOD -> assertWithstood();
            case HEALS -> assertHealed(before);
            case BREAKS -> assertRecovered();
        }
    }

    private void assertRefused(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() + " " + answer.body(), answer.statusCode() == 400 || answer.statusCode() == 409);
        assertTrue(answer.body(), answer.body().contains("keep") || answer.body().contains("is not installed") || answer.body().contains("left to the start"));
        assertTrue(device.isHealthy() && device.opens(password));
    }

    private void assertWithstood() throws Exception {
        // Whatever is dropped or saved after it is in effect later.
        Files.writeString(config("org.catseye.web.control.cfg"), "graceSeconds = " + (11 + passwords++ % 40) + "\n");
        Files.write(device.home().resolve("deploy/zz-last.jar"), HostileJar.named("org.example.last", "1.0." + passwords, Map.of()));
        Client owner = new Client(device.origin()).login(password);
        Running.await("the bundle dropped after it", () -> owner.send("GET", "/system/console/bundles.json", "").body().contains("org.example.last") ? true : null);
        assertTrue(device.isHealthy() && device.opens(password));
        assertRecoveredWithEverything();
    }

    private void assertHealed(long before) throws Exception {
        // Not everything that stops ends the login at once; then the log is what shows the repair.
        Running.await("it is healed", () -> device.isHealthy() && device.opens(password) && Files.readString(device.output()).lines().skip(before)
                .anyMatch(line -> line.contains("repaired, because every login needs it")) ? true : null, HEALED_SECONDS);
        assertKept();
    }

    private void assertRecovered() throws Exception {
        Running.await("it is broken", () -> device.opens(password) ? null : true, BROKEN_SECONDS);
        assertRecoveredWithEverything();
    }

    private void assertRecoveredWithEverything() throws Exception {
        String next = "four odd words " + ++passwords;
        String said = device.recover(next);
        String aside = device.home() + "/aside/";
        if (said.contains("Start it")) {
            // Some actions end the process, an exhausted heap for one. A service is started again by systemd, and here by hand.
            int before = Files.readString(device.output()).length();
            device.start();
            device.awaitReady();
            said += Files.readString(device.output()).substring(before);
            aside = "Moved aside: aside/";
        }
        assertTrue(said + Files.readString(device.output()), device.opens(next));
        assertFalse("the old password", device.opens(password));
        password = next;
        assertTrue("the moved items are listed: " + said, said.contains(aside));
        assertKept();
    }

    private static void assertKept() throws Exception {
        Client owner = new Client(device.origin()).login(password);
        assertTrue(owner.send("GET", "/api/v1/users", "").body().contains("\"eve\""));
        assertTrue(owner.send("GET", "/api/v1/targets", "").body().contains("Rack 7"));
        assertEquals(200, new Client(device.origin()).login("eve", "three odd words").send("GET", "/api/v1/targets", "").statusCode());
        assertEquals("the console", 200, owner.send("GET", "/system/console/bundles.json", "").statusCode());
    }
}
