package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What even a start doesn't survive, or a stop: the safe mode, a recovery before the start, and one of a process that has to be replaced. */
public class SafeModeIT {

    private static final String MANAGER = "org.apache.felix.webconsole.internal.servlet.OsgiManager.config";
    private static final String NEW = "four other odd words";
    private Device device;

    @Before
    public void claim() throws Exception {
        device = new Device();
        device.start();
        device.awaitReady();
        Client owner = new Client(device.origin()).login(Product.PASSWORD);
        assertEquals(201, owner.send("POST", "/api/v1/users", "{\"name\":\"eve\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{\"default\":[\"VIEW\"]}}").statusCode());
        Files.writeString(config("org.catseye.core.target~default.cfg"), "id = default\nlabel = Rack 7\n");
    }

    @After
    public void stop() throws Exception {
        device.stop();
    }

    private Path config(String name) {
        return device.home().resolve("config").resolve(name);
    }

    private void drop(String harm) throws Exception {
        Path half = Files.write(device.home().resolve("deploy/" + harm + ".tmp"), HostileJar.doing(harm));
        Files.move(half, device.home().resolve("deploy/" + harm + ".jar"));
    }

    private Client assertKept(String password) throws Exception {
        Client owner = new Client(device.origin()).login(password);
        assertTrue(owner.send("GET", "/api/v1/users", "").body().contains("\"eve\""));
        assertTrue(owner.send("GET", "/api/v1/targets", "").body().contains("Rack 7"));
        return owner;
    }

    @Test
    public void theSafeModeLetsPeopleInAndMovesNothing() throws Exception {
        drop("preprocessor");
        Files.writeString(config(MANAGER), "manager.root=\"/api/v1\"\n");
        Running.await("it is broken", () -> device.opens(Product.PASSWORD) ? null : true);
        device.stop();
        device.start("--safe-mode");
        device.awaitReady();
        Client owner = assertKept(Product.PASSWORD);
        assertFalse(owner.send("GET", "/system/console/bundles.json", "").body().contains("org.example.preprocessor"));
        String said = Files.readString(device.output());
        assertTrue(said, said.contains("SAFE MODE") && said.contains(MANAGER) && said.contains("start without --safe-mode"));
        // A setting that stays in effect can be changed in it, one that is left out cannot.
        // The page of the form may be ready a moment after the console.
        Running.await("the form", () -> owner.form("/system/console/configMgr/org.catseye.virtual.target", "apply=true&action=ajaxConfigManager&propertylist=fps&fps=25")
                .statusCode() == 302 ? true : null);
        Running.await("the setting", () -> Files.readString(config("org.catseye.virtual.target.cfg")).contains("25") ? true : null);
        assertTrue(Files.exists(device.home().resolve("deploy/preprocessor.jar")));
        assertTrue("not changed in the safe mode", Files.readString(config(MANAGER)).contains("manager.root=\"/api/v1\""));
        assertFalse(Files.exists(device.home().resolve("aside")));
        device.stop();
        device.start();
        Running.await("the process runs", () -> Files.readString(device.output()).split("core.video.hub.Hub", -1).length > 3 ? true : null, 60);
        assertFalse("a normal start is as it was", device.opens(Product.PASSWORD));
    }

    @Test
    public void aBundleThatEndsTheProcessAtEachStartIsPutAsideByTheNextOne() throws Exception {
        drop("exit");
        Running.await("it has ended", () -> device.isRunning() ? null : true, 60);
        assertTrue(device.recover(NEW).contains("Start it"));
        device.start();
        device.awaitReady();
        Running.await("the new password", () -> device.opens(NEW) ? true : null);
        assertKept(NEW);
        assertTrue(Files.exists(device.home().resolve("deploy")) && !Files.exists(device.home().resolve("deploy/exit.jar")));
        assertTrue(new Client(device.origin()).login(NEW).send("GET", "/api/v1/audit", "").body().contains("(exit.jar)"));
    }

    @Test
    public void aBundleThatHangsInItsStartDelaysNothingElse() throws Exception {
        device.stop();
        drop("hang");
        int before = Files.readString(device.output()).length();
        device.start();
        Running.await("the ready line", () -> Files.readString(device.output()).substring(before).contains("Catseye is ready") ? true : null, 60);
        Files.write(device.home().resolve("deploy/other.jar"), HostileJar.named("org.example.other", "1.0.0", Map.of()));
        Client owner = new Client(device.origin()).login(Product.PASSWORD);
        Running.await("another bundle, and the web console", () -> owner.send("GET", "/system/console/bundles.json", "").body().contains("org.example.other") ? true : null);
    }

    @Test
    public void aBundleThatEndsTheProcessTwiceIsHeldAndNamed() throws Exception {
        drop("exit");
        Running.await("it has ended", () -> device.isRunning() ? null : true, 60);
        device.start();
        Running.await("it has ended again", () -> device.isRunning() ? null : true, 60);
        device.start();
        device.awaitReady();
        String named = "SAFE MODE for added bundles: Catseye ended 2 times in a row while it started exit.jar";
        Running.await("the log names the jar", () -> Files.readString(device.output()).contains(named) ? true : null);
        assertKept(Product.PASSWORD);
        assertTrue(device.isRunning());
    }

    @Test
    public void aProcessThatCannotBeStoppedIsReplacedByTheCommand() throws Exception {
        long before = device.holder().orElseThrow().pid();
        Client owner = new Client(device.origin()).login(Product.PASSWORD);
        owner.upload("hang.jar", HostileJar.named("org.example.hang", "1.0.0", Map.of("Bundle-Activator", "org.catseye.itest.hostile.HostileBundle", "X-Harm", "hang",
                "Import-Package", "org.osgi.framework")), 20);
        Running.await("its activator runs", () -> owner.send("GET", "/system/console/bundles.json", "").body().contains("org.example.hang") ? true : null);
        String said = device.recover(NEW);
        assertTrue(said, said.contains("org.example.hang"));
        assertTrue(said + Files.readString(device.output()), device.opens(NEW));
        assertKept(NEW);
        assertFalse("another process", before == device.holder().orElseThrow().pid());
    }
}
