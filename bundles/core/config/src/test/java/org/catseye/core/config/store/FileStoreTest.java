package org.catseye.core.config.store;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.secret.SecretKeys;
import org.catseye.secrets.SecretSettings;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FileStoreTest {
    private static final String PID = "org.catseye.demo";
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;
    private Path lastGood;
    private FileStore store;
    private long now;

    @Before
    public void open() throws IOException {
        folder = temporary.newFolder("config").toPath();
        lastGood = temporary.newFolder("good").toPath();
        store = new FileStore(folder, lastGood, Set.of(), () -> now, SecretKeys.BY_NAME);
    }

    private FileStore restarted() {
        return new FileStore(folder, lastGood, Set.of(), () -> now, SecretKeys.BY_NAME);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Dictionary<String, Object> values(Map<String, Object> values) {
        Dictionary<String, Object> all = new Hashtable<>(values);
        all.put("service.pid", PID);
        all.put(":org.apache.felix.configadmin.revision:", 7L);
        return all;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    public void theSafeModeNeitherReadsNorWritesIgnoredFiles() throws Exception {
        Path file = write(PID + ".cfg", "a = 1\n");
        write("org.catseye.other.cfg", "b = 2\n");
        FileStore safe = new FileStore(folder, lastGood, Set.of(PID + ".cfg"), () -> now, SecretKeys.BY_NAME);
        assertFalse(safe.exists(PID));
        assertThrows(IOException.class, () -> safe.load(PID));
        assertEquals(1, Collections.list(safe.getDictionaries()).size());
        assertTrue(safe.exists("org.catseye.other"));
        assertTrue(assertThrows(IOException.class, () -> safe.store(PID, values(Map.of("a", 3)))).getMessage().contains("safe mode"));
        safe.delete(PID);
        assertEquals("a = 1\n", Files.readString(file));
    }

    @Test
    public void storesOnlyTheUsersValuesInAFileForTheOwner() throws Exception {
        store.store(PID, values(Map.of("fps", 30)));
        Path file = folder.resolve(PID + ".cfg");
        assertEquals("fps = 30\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(PID + ".cfg"), names());
    }

    @Test
    public void aKeyThatCannotBeParsedIsNotWritten() throws Exception {
        store.store(PID, values(Map.of("fps", 30)));
        for (String key : List.of("$fps", "a b", "x=y", "#c", "a\nb", "")) {
            String message = assertThrows(IOException.class, () -> store.store(PID, values(Map.of(key, "secret")))).getMessage();
            assertTrue(message, message.startsWith("a key has letters, digits") && !message.contains("secret"));
        }
        assertEquals("fps = 30\n", Files.readString(folder.resolve(PID + ".cfg")));
        assertEquals("nothing was put aside", List.of(PID + ".cfg"), names());
    }

    @Test
    public void loadAddsThePropertiesThatFollowFromTheFileName() throws Exception {
        write("org.catseye.bay~one.cfg", "fps = 5\n");
        Dictionary<String, Object> loaded = store.load("org.catseye.bay~one");
        assertEquals("org.catseye.bay~one", loaded.get("service.pid"));
        assertEquals("org.catseye.bay", loaded.get("service.factoryPid"));
        assertEquals("?", loaded.get("service.bundleLocation"));
        assertEquals("5", loaded.get("fps"));
    }

    @Test
    public void foreignConfigurationsKeepTheirTypes() throws Exception {
        Dictionary<String, Object> typed = new Hashtable<>(Map.of("i", 15, "l", 15L, "b", true, "s", "a = \"b\"", "a", new String[] {"x", "y"},
                "p", new int[] {1, 2}, "service.pid", "com.example"));
        store.store("com.example", typed);
        Dictionary<String, Object> loaded = restarted().load("com.example");
        for (String key : List.of("i", "l", "b", "s")) {
            assertEquals(typed.get(key), loaded.get(key));
        }
        assertArrayEquals(new String[] {"x", "y"}, (String[]) loaded.get("a"));
        assertArrayEquals(new int[] {1, 2}, (int[]) loaded.get("p"));
        assertEquals(List.of("com.example.config"), names());
    }

    @Test
    public void configurationWithoutValuesHasNoFile() throws Exception {
        store.store(PID, values(Map.of("_felix_.cm.newConfiguration", true)));
        assertTrue(store.exists(PID));
        assertEquals(List.of(), names());
        store.store(PID, values(Map.of("fps", 1)));
        assertEquals(List.of(PID + ".cfg"), names());
    }

    @Test
    public void listsOnlyConfigurations() throws Exception {
        write(PID + ".cfg", "a = 1\n");
        write("logging.properties", "root = INFO\n");
        write(PID + ".cfg.broken-1", "a 1\n");
        write(".org.catseye.x.cfg.swp", "?");
        write("com.example.config", "a=I\"1\"\n");
        List<String> pids = Collections.list(store.getDictionaries()).stream().map(one -> (String) one.get("service.pid")).sorted().toList();
        assertEquals(List.of("com.example", PID), pids);
    }

    @Test
    public void aFileWithAWrongNameIsExplained() {
        assertEquals(Optional.of("com.example.clock.cfg is not read: the configuration com.example.clock is in a file com.example.clock.config,"
                + " as name=\"text\" or count=I\"5\""), ConfigurationPid.explainWrongName("com.example.clock.cfg"));
        assertEquals(Optional.of("org.catseye.x~a.config is not read: the configuration org.catseye.x~a is in a file org.catseye.x~a.cfg, as key = value"),
                ConfigurationPid.explainWrongName("org.catseye.x~a.config"));
        for (String fine : List.of("com.example.clock.config", PID + ".cfg", PID + ".cfg.broken-1", ".com.example.cfg", "logging.properties")) {
            assertEquals(fine, Optional.empty(), ConfigurationPid.explainWrongName(fine));
        }
    }

    @Test
    public void brokenFileLeavesTheLastGoodValuesInEffectOverARestart() throws Exception {
        write(PID + ".cfg", "fps = 30\n");
        store.load(PID);
        write(PID + ".cfg", "fps 31\n");
        assertEquals(List.of(), store.findChanges());
        assertEquals("30", restarted().load(PID).get("fps"));
        assertEquals("fps 31\n", Files.readString(folder.resolve(PID + ".cfg")));
    }

    @Test
    public void aBrokenFileWithoutAGoodCopyCountsAsMissing() throws Exception {
        write(PID + ".cfg", "fps 31\n");
        assertFalse(store.exists(PID));
        assertFalse(store.getDictionaries().hasMoreElements());
        assertThrows(IOException.class, () -> store.load(PID));
    }

    @Test
    public void formSavedOverABrokenFileKeepsACopyOfIt() throws Exception {
        write(PID + ".cfg", "# my comment\nfps = 30\n");
        store.load(PID);
        write(PID + ".cfg", "# my comment\nfps 31\n");
        store.store(PID, values(Map.of("fps", 32)));
        assertEquals("# my comment\nfps = 32\n", Files.readString(folder.resolve(PID + ".cfg")));
        assertEquals("# my comment\nfps 31\n", Files.readString(folder.resolve(PID + ".cfg.broken-1")));
    }

    @Test
    public void anUndeliveredEditSurvivesAFormAndIsDeliveredLater() throws Exception {
        write(PID + ".cfg", "fps = 30\ncolour = red\n");
        store.load(PID);
        write(PID + ".cfg", "fps = 30\ncolour = blue\n");
        store.store(PID, values(Map.of("fps", 25, "colour", "red")));
        assertEquals("fps = 25\ncolour = blue\n", Files.readString(folder.resolve(PID + ".cfg")));
        List<FileChange> changes = store.findChanges();
        assertEquals(1, changes.size());
        assertEquals(Map.of("fps", "25", "colour", "blue"), changes.get(0).values().orElseThrow());
    }

    @Test
    public void anOverruledChangeIsKeptInACopy() throws Exception {
        write(PID + ".cfg", "fps = 30\n");
        store.load(PID);
        write(PID + ".cfg", "fps = 31\n");
        store.store(PID, values(Map.of("fps", 25)));
        assertEquals("fps = 25\n", Files.readString(folder.resolve(PID + ".cfg")));
        assertEquals("fps = 31\n", Files.readString(folder.resolve(PID + ".cfg.before-1")));
    }

    @Test
    public void aFormOpenedBeforeAnEditKeepsACopyOfTheEdit() throws Exception {
        write(PID + ".cfg", "fps = 30\n");
        store.load(PID);
        write(PID + ".cfg", "fps = 31\n");
        store.deliverChange(PID, () -> store.store(PID, values(Map.of("fps", "31"))));
        store.store(PID, values(Map.of("fps", 30)));
        assertEquals("fps = 30\n", Files.readString(folder.resolve(PID + ".cfg")));
        assertEquals("fps = 31\n", Files.readString(folder.resolve(PID + ".cfg.before-1")));
    }

    @Test
    public void aDeliveredChangeIsNeitherWrittenBackNorFoundAgain() throws Exception {
        write(PID + ".cfg", "fps =    30\n");
        FileChange change = store.findChanges().get(0);
        store.deliverChange(PID, () -> store.store(PID, values(change.values().orElseThrow())));
        assertEquals("fps =    30\n", Files.readString(folder.resolve(PID + ".cfg")));
        assertEquals(List.of(), store.findChanges());
    }

    @Test
    public void aFormSavedBetweenReadingAndDeliveringIsNotUndone() throws Exception {
        write(PID + ".cfg", "fps = 30\n");
        store.load(PID);
        write(PID + ".cfg", "fps = 30\ncolour = blue\n");
        FileChange stale = store.findChanges().get(0);
        store.store(PID, values(Map.of("fps", 25)));
        store.deliverChange(PID, () -> store.store(PID, values(stale.values().orElseThrow())));
        assertEquals("fps = 25\ncolour = blue\n", Files.readString(folder.resolve(PID + ".cfg")));
        assertEquals(Map.of("fps", "25", "colour", "blue"), store.findChanges().get(0).values().orElseThrow());
    }

    @Test
    public void aFileCountsAsRemovedOnlyAfterAWhile() throws Exception {
        Path file = write(PID + ".cfg", "fps = 30\n");
        store.load(PID);
        Files.delete(file);
        assertEquals(List.of(), store.findChanges());
        assertTrue(store.awaitsRemovals());
        write(PID + ".cfg", "fps = 31\n");
        now += 600_000_000;
        assertEquals("31", store.findChanges().get(0).values().orElseThrow().get("fps"));
        Files.delete(file);
        assertEquals(List.of(), store.findChanges());
        now += 600_000_000;
        assertTrue(store.findChanges().get(0).values().isEmpty());
    }

    @Test
    public void aFileThatIsNotTextOrTooLargeIsBroken() throws Exception {
        Files.write(folder.resolve(PID + ".cfg"), new byte[] {(byte) 0xC3, 0x28});
        assertFalse(store.exists(PID));
        write(PID + ".cfg", "#".repeat((1 << 20) + 1));
        assertFalse(store.exists(PID));
    }

    @Test
    public void configurationAdminGetsAReferenceForASecretAndTheFileKeepsIt() throws Exception {
        Path file = write(PID + ".cfg", "# the account\nuser = ann\nbindPassword = blue 7 tulips\n");
        Dictionary<String, Object> loaded = store.load(PID);
        assertEquals("ann", loaded.get("user"));
        assertTrue(SecretSettings.isReference(loaded.get("bindPassword")));
        assertEquals("blue 7 tulips", SecretSettings.findValue(PID, "bindPassword", (String) loaded.get("bindPassword")).orElseThrow());
        assertFalse(Collections.list(store.getDictionaries()).toString().contains("tulips"));
        assertEquals("the same each time", loaded.get("bindPassword"), store.load(PID).get("bindPassword"));
        loaded.put("user", "bob");
        store.store(PID, loaded);
        assertEquals("# the account\nuser = bob\nbindPassword = blue 7 tulips\n", Files.readString(file));
    }

    @Test
    public void aNewSecretInAFormIsWrittenToTheFileAndHiddenAtOnce() throws Exception {
        Path file = write(PID + ".cfg", "bindPassword = blue 7 tulips\n");
        Object before = store.load(PID).get("bindPassword");
        Dictionary<String, Object> form = values(Map.of("bindPassword", "red 9 roses", "empty.password", ""));
        store.store(PID, form);
        assertEquals("bindPassword = red 9 roses\nempty.password = \n", Files.readString(file));
        assertTrue("in the dictionary that ConfigurationAdmin keeps", SecretSettings.isReference(form.get("bindPassword")));
        assertFalse(before.equals(form.get("bindPassword")));
        assertEquals("nothing is set", "", form.get("empty.password"));
    }

    @Test
    public void anEditedSecretIsDeliveredAsANewReference() throws Exception {
        write(PID + ".cfg", "bindPassword = blue 7 tulips\n");
        Object before = store.load(PID).get("bindPassword");
        write(PID + ".cfg", "bindPassword = red 9 roses\n");
        FileChange change = store.findChanges().get(0);
        Object after = change.values().orElseThrow().get("bindPassword");
        assertTrue(SecretSettings.isReference(after) && !after.equals(before));
        store.deliverChange(PID, () -> store.store(PID, values(change.values().orElseThrow())));
        assertEquals(List.of(), store.findChanges());
        assertEquals("bindPassword = red 9 roses\n", Files.readString(folder.resolve(PID + ".cfg")));
    }

    @Test
    public void aReferenceOfAnotherSettingIsRefusedAndOverwritesNothing() throws Exception {
        Path file = write(PID + ".cfg", "bindPassword = blue 7 tulips\nuserBase = dc=org\n");
        Object reference = store.load(PID).get("bindPassword");
        String message = assertThrows(IOException.class, () -> store.store(PID, values(Map.of("userBase", reference)))).getMessage();
        assertTrue(message, message.contains("userBase") && message.contains("enter the value itself"));
        assertThrows(IOException.class, () -> store.store(PID, values(Map.of("bindPassword", reference + "x"))));
        assertEquals("bindPassword = blue 7 tulips\nuserBase = dc=org\n", Files.readString(file));
    }

    @Test
    public void dotsWithoutAReferenceOverwriteNothing() throws Exception {
        Path file = write(PID + ".cfg", "bindPassword = blue 7 tulips\n");
        Object reference = store.load(PID).get("bindPassword");
        for (Object dots : List.of(SecretSettings.UNKNOWN, new String[] {SecretSettings.UNKNOWN}, List.of("x", reference))) {
            String message = assertThrows(IOException.class, () -> store.store(PID, values(Map.of("bindPassword", dots)))).getMessage();
            assertTrue(message, message.contains("bindPassword") && message.contains("enter the value itself"));
        }
        assertEquals("bindPassword = blue 7 tulips\n", Files.readString(file));
    }

    @Test
    public void aReferenceCountsWhateverTheCaseOfItsKeyAndInAListOfOne() throws Exception {
        Path file = write(PID + ".cfg", "bindPassword = blue 7 tulips\n");
        Object reference = store.load(PID).get("bindPassword");
        store.store(PID, values(Map.of("BINDPASSWORD", reference)));
        assertEquals("bindPassword = blue 7 tulips\n", Files.readString(file));
        store.store(PID, values(Map.of("bindPassword", new String[] {(String) reference})));
        assertEquals("bindPassword = blue 7 tulips\n", Files.readString(file));
    }

    /** It was delivered again in each round for ever, with an error each time. */
    @Test
    public void aReferenceInAFileIsDeliveredOnceAsDotsThatNobodyCanResolve() throws Exception {
        write("org.catseye.other.cfg", "bindPassword = blue 7 tulips\n");
        Object foreign = store.load("org.catseye.other").get("bindPassword");
        Path file = write(PID + ".cfg", "# " + foreign + "\nbindPassword = red 9 roses\nfps = 30\n");
        Object own = store.load(PID).get("bindPassword");
        for (Object reference : List.of(foreign, own, SecretSettings.UNKNOWN)) {
            write(PID + ".cfg", "# x\nbindPassword = " + reference + "\nfps = 25\n");
            FileChange change = store.findChanges().get(0);
            assertEquals(SecretSettings.UNKNOWN, change.values().orElseThrow().get("bindPassword"));
            assertEquals("25", change.values().orElseThrow().get("fps"));
            store.deliverChange(PID, () -> store.store(PID, values(change.values().orElseThrow())));
            assertEquals(List.of(), store.findChanges());
            assertEquals("# x\nbindPassword = " + reference + "\nfps = 25\n", Files.readString(file));
            assertEquals("after a restart", SecretSettings.UNKNOWN, restarted().load(PID).get("bindPassword"));
            write(PID + ".cfg", "bindPassword = red 9 roses\n");
            FileChange correction = store.findChanges().get(0);
            assertEquals("red 9 roses", SecretSettings.findValue(PID, "bindPassword", correction.values().orElseThrow().get("bindPassword")).orElseThrow());
            store.deliverChange(PID, () -> store.store(PID, values(correction.values().orElseThrow())));
        }
    }

    @Test
    public void aFormCorrectsTheDotsOfAFile() throws Exception {
        Path file = write(PID + ".cfg", "bindPassword = " + SecretSettings.UNKNOWN + "#copied\nfps = 25\n");
        Dictionary<String, Object> form = store.load(PID);
        form.put("fps", 30);
        assertThrows("its user has to enter the password", IOException.class, () -> store.store(PID, form));
        form.put("bindPassword", "red 9 roses");
        store.store(PID, form);
        assertEquals("bindPassword = red 9 roses\nfps = 30\n", Files.readString(file));
        assertEquals(List.of(PID + ".cfg"), names());
    }

    @Test
    public void onlyTheOwnerCanReadAFileWithASecret() throws Exception {
        Path open = write(PID + ".cfg", "fps = 30\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        store.load(PID);
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
        write(PID + ".cfg", "bindPassword = blue 7 tulips\n");
        store.findChanges();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
    }

    @Test
    public void aSettingThatALaterBundleDescribesAsPasswordIsHiddenThen() throws Exception {
        Set<String> described = new HashSet<>();
        FileStore later = new FileStore(folder, lastGood, Set.of(), () -> now, SecretKeys.describedBy(pid -> pid.equals(PID) ? described : Set.of()));
        write(PID + ".cfg", "pin = 4711\n");
        assertEquals("4711", later.load(PID).get("pin"));
        described.add("PIN");
        FileChange change = later.findChanges().get(0);
        assertEquals(Set.of("pin"), change.keys());
        assertTrue(SecretSettings.isReference(change.values().orElseThrow().get("pin")));
        later.deliverChange(PID, () -> later.store(PID, values(change.values().orElseThrow())));
        assertEquals(List.of(), later.findChanges());
        assertEquals("pin = 4711\n", Files.readString(folder.resolve(PID + ".cfg")));
    }
}
