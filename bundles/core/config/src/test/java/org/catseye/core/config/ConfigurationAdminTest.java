package org.catseye.core.config;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.catseye.secrets.SecretSettings;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;

/** The store under Felix's real ConfigurationAdmin in a real framework. */
public class ConfigurationAdminTest {
    private static final String PID = "org.catseye.demo";
    private static final Dictionary<String, Object> NONE = new Hashtable<>();
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private final BlockingQueue<Dictionary<String, ?>> received = new LinkedBlockingQueue<>();
    private Path home;
    private Path folder;
    private FrameworkWithStore framework;

    @Before
    public void start() throws Exception {
        home = temporary.getRoot().toPath();
        folder = Files.createDirectories(home.resolve("config"));
        framework = new FrameworkWithStore(home);
    }

    @After
    public void stop() throws Exception {
        framework.stop();
    }

    private ConfigurationAdmin admin() throws InterruptedException {
        return framework.await(ConfigurationAdmin.class);
    }

    /** A component as the test sees it: each delivery lands in the queue, null as an empty dictionary. */
    private void listen(String pid) {
        Hashtable<String, Object> properties = new Hashtable<>(Map.of("service.pid", pid));
        framework.context().registerService(ManagedService.class, values -> received.add(values == null ? NONE : values), properties);
    }

    private Dictionary<String, ?> next() throws InterruptedException {
        Dictionary<String, ?> values = received.poll(10, TimeUnit.SECONDS);
        assertNotNull("nothing was delivered", values);
        return values;
    }

    /** The next delivery with that value, null for the empty one. A file may be told twice when it came while the watch was starting. */
    private void await(String key, Object value) throws InterruptedException {
        Dictionary<String, ?> values = next();
        while (value == null ? !values.isEmpty() : !value.equals(values.get(key))) {
            values = next();
        }
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    public void formSaveKeepsCommentsAndAnEditedFileIsDeliveredLive() throws Exception {
        Files.writeString(folder.resolve(PID + ".cfg"), "# Pictures a second\nfps = 30\n");
        listen(PID);
        await("fps", "30");
        admin().getConfiguration(PID, "?").update(new Hashtable<>(Map.of("fps", 25)));
        await("fps", 25);
        assertEquals("# Pictures a second\nfps = 25\n", text(PID + ".cfg"));
        editLikeVim(PID + ".cfg", "# Pictures a second\nfps = 20\n");
        await("fps", "20");
        assertEquals("# Pictures a second\nfps = 20\n", text(PID + ".cfg"));
    }

    @Test
    public void deletedFileDeletesTheConfigurationAndADeletedConfigurationItsFile() throws Exception {
        ConfigurationAdmin admin = admin();
        listen(PID);
        assertEquals(NONE, next());
        Files.writeString(folder.resolve(PID + ".cfg"), "fps = 30\n");
        assertEquals("30", next().get("fps"));
        Files.delete(folder.resolve(PID + ".cfg"));
        assertEquals(NONE, next());
        assertNull(admin.listConfigurations("(service.pid=" + PID + ")"));
        admin.getConfiguration(PID, "?").update(new Hashtable<>(Map.of("fps", 1)));
        assertEquals(1, next().get("fps"));
        admin.getConfiguration(PID, "?").delete();
        assertEquals(NONE, next());
        assertFalse(Files.exists(folder.resolve(PID + ".cfg")));
    }

    @Test
    public void factoryInstancesLiveInAFileEachAndSurviveARestart() throws Exception {
        admin().getFactoryConfiguration("org.catseye.bay", "one", "?").update(new Hashtable<>(Map.of("fps", 30)));
        Configuration unnamed = admin().createFactoryConfiguration("org.catseye.bay", "?");
        unnamed.update(new Hashtable<>(Map.of("fps", 5)));
        String number = unnamed.getPid().substring("org.catseye.bay.".length());
        assertEquals("fps = 5\n", text("org.catseye.bay~" + number + ".cfg"));
        stop();
        start();
        Configuration[] all = admin().listConfigurations("(service.factoryPid=org.catseye.bay)");
        assertEquals(2, all.length);
        assertEquals("30", admin().getFactoryConfiguration("org.catseye.bay", "one", "?").getProperties().get("fps"));
        admin().getFactoryConfiguration("org.catseye.bay", number, "?").delete();
        assertFalse(Files.exists(folder.resolve("org.catseye.bay~" + number + ".cfg")));
    }

    @Test
    public void aBrokenFileChangesNothingUntilItIsCorrected() throws Exception {
        Files.writeString(folder.resolve(PID + ".cfg"), "fps = 30\n");
        listen(PID);
        await("fps", "30");
        Files.writeString(folder.resolve(PID + ".cfg"), "fps 31\n");
        // A second file as a mark in time: when it has arrived, the broken one was looked at too.
        listen("org.catseye.mark");
        await("m", null);
        Files.writeString(folder.resolve("org.catseye.mark.cfg"), "m = 1\n");
        await("m", "1");
        assertEquals("30", admin().getConfiguration(PID, "?").getProperties().get("fps"));
        Files.writeString(folder.resolve(PID + ".cfg"), "fps = 31\n");
        await("fps", "31");
    }

    @Test
    public void editorAndFormAtTheSameTimeLoseNothingSilently() throws Exception {
        Files.writeString(folder.resolve(PID + ".cfg"), "form = 0\nedit = 0\n");
        listen(PID);
        while (next().isEmpty()) {
            continue;
        }
        Configuration configuration = admin().getConfiguration(PID, "?");
        for (int i = 1; i <= 30; i++) {
            Dictionary<String, Object> form = configuration.getProperties();
            editLikeVim(PID + ".cfg", text(PID + ".cfg").replaceFirst("edit = \\d+", "edit = " + i));
            form.put("form", i);
            configuration.update(form);
            assertEquals(true, text(PID + ".cfg").contains("form = " + i + "\n"));
            assertEquals("edit " + i + " is neither in the file nor in a copy", true, inSomeFile("edit = " + i + "\n"));
        }
    }

    /** The plain value must not stay in ConfigurationAdmin, however it got there. */
    @Test
    public void secretsAreReferencesInConfigurationAdminAndOurComponentsGetThoseToo() throws Exception {
        Files.writeString(folder.resolve(PID + ".cfg"), "fps = 30\nbindPassword = blue 7 tulips\n");
        listen(PID);
        await("fps", "30");
        Configuration configuration = admin().getConfiguration(PID, "?");
        configuration.update(new Hashtable<>(Map.of("fps", 25, "bindPassword", "red 9 roses")));
        Dictionary<String, ?> delivered = next();
        while (!Integer.valueOf(25).equals(delivered.get("fps"))) {
            delivered = next();
        }
        assertEquals("red 9 roses", SecretSettings.findValue(PID, "bindPassword", (String) delivered.get("bindPassword")).orElseThrow());
        assertEquals(delivered.get("bindPassword"), configuration.getProperties().get("bindPassword"));
        assertEquals("fps = 25\nbindPassword = red 9 roses\n", text(PID + ".cfg"));
    }

    @Test
    public void componentsOfOthersGetTheSecretItself() throws Exception {
        Files.writeString(folder.resolve("org.example.camera.config"), "password=\"blue 7 tulips\"\n");
        listen("org.example.camera");
        await("password", "blue 7 tulips");
        assertEquals(true, SecretSettings.isReference(admin().getConfiguration("org.example.camera", "?").getProperties().get("password")));
    }

    private boolean inSomeFile(String line) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains(line)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Writes beside and renames, as many editors do. */
    private void editLikeVim(String name, String text) throws IOException {
        Path half = Files.writeString(folder.resolve(name + "~"), text);
        Files.move(half, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
