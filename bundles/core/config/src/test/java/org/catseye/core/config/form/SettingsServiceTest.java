package org.catseye.core.config.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.catseye.config.BadValueException;
import org.catseye.config.ConfigurationCheck;
import org.catseye.core.config.FrameworkWithStore;
import org.catseye.secrets.SecretSettings;
import org.catseye.settings.SettingsAdministration;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsException.Reason;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsForm;
import org.catseye.settings.SettingsForm.Configured;
import org.catseye.settings.SettingsForm.Group;
import org.catseye.settings.SettingsState;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.metatype.MetaTypeService;

/** With the real ConfigurationAdmin and Metatype service, and a bundle that describes its settings. */
public class SettingsServiceTest {

    private static final String ONE = "org.catseye.board.demo";
    private static final String MANY = "org.catseye.power.demo";
    private static final String FORMS = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
            <OCD id="a" name="Catseye: demo" description="A demonstration.">
            <AD id="kvm.target" name="Target" type="String" default="default"/>
            <AD id="kvm.label" name="Label" type="String" default=""/>
            <AD id="fps" name="Frames" description="Pictures a second." type="Integer" default="30" min="1" max="60"/>
            <AD id="fast" type="Boolean" default="false"/>
            <AD id="size" type="String" default="big"><Option label="Large" value="big"/><Option label="Small" value="small"/></AD>
            <AD id="names" type="String" cardinality="5"/>
            <AD id="ports" type="Integer" cardinality="5" min="1"/>
            <AD id="password" type="Password"/>
            <AD id="host" type="String"/>
            <AD id="HOST" type="String" default=""/>
            </OCD>
            <Designate pid="org.catseye.board.demo"><Object ocdref="a"/></Designate>
            <Designate factoryPid="org.catseye.power.demo"><Object ocdref="a"/></Designate>
            </metatype:MetaData>""";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;
    private FrameworkWithStore framework;
    private SettingsAdministration settings;

    @Before
    public void start() throws Exception {
        Path home = temporary.getRoot().toPath();
        folder = Files.createDirectories(home.resolve("config"));
        Files.writeString(folder.resolve(MANY + "~two.cfg"), "# Pictures a second\nfps = 25\nkvm.label = Door\nfsp = 5\nservice.ranking = 7\npassword = blue 7 tulips\n");
        framework = new FrameworkWithStore(home);
        framework.installBundle("metatype", org.apache.felix.metatype.AD.class);
        framework.context().installBundle("demo", new ByteArrayInputStream(describedBundle())).start();
        framework.await(MetaTypeService.class);
        settings = framework.await(SettingsAdministration.class);
    }

    @After
    public void stop() throws Exception {
        framework.stop();
    }

    private static byte[] describedBundle() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.catseye.demo");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new ZipEntry("OSGI-INF/metatype/"));
            jar.putNextEntry(new ZipEntry("OSGI-INF/metatype/demo.xml"));
            jar.write(FORMS.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private SettingsForm form(String pid) {
        return settings.listForms().stream().filter(form -> form.pid().equals(pid)).findFirst().orElseThrow();
    }

    private String text(String pid) throws IOException {
        return Files.readString(folder.resolve(pid + ".cfg"));
    }

    private SettingsException refuse(Reason reason, org.junit.function.ThrowingRunnable action) {
        SettingsException refused = assertThrows(SettingsException.class, action);
        assertEquals(reason, refused.reason());
        return refused;
    }

    private static Map<String, Optional<List<String>>> change(String key, String... values) {
        return Map.of(key, values.length == 0 ? Optional.empty() : Optional.of(List.of(values)));
    }

    @Test
    public void eachFormHasItsFieldsAndConfigurations() {
        SettingsForm one = form(ONE);
        assertEquals(List.of(new Configured(ONE, "Catseye: demo", Optional.of("default"), false, Optional.empty())), one.configurations());
        assertEquals(List.of(Group.BOARD, Group.POWER), List.of(one.group(), form(MANY).group()));
        assertTrue(one.single() && !one.several() && one.running() && one.lockReason().isEmpty());
        assertEquals("org.catseye.demo", one.bundle());
        assertEquals(new SettingsField("fps", "Frames", "Pictures a second.", SettingsField.Kind.INTEGER, false, List.of("30"), Optional.of("1"),
                Optional.of("60"), List.of(), false), one.fields().get(2));
        assertEquals(List.of("kvm.target", "kvm.label", "fps", "fast", "size", "names", "ports", "password", "host", "HOST"), one.fields().stream().map(SettingsField::id).toList());
        assertEquals(List.of(new SettingsField.Option("big", "Large"), new SettingsField.Option("small", "Small")), one.fields().get(4).options());
        assertTrue("several values", one.fields().get(5).list());
        assertEquals(SettingsField.Kind.SECRET, one.fields().get(7).kind());
        assertTrue("has no default", one.fields().get(8).required() && !one.fields().get(2).required());
        assertEquals(List.of(new Configured(MANY + "~two", "Door", Optional.of("default"), true, Optional.empty())), form(MANY).configurations());
    }

    @Test
    public void aSecretIsSetOrNotAndNothingElse() throws Exception {
        SettingsState state = settings.readState(MANY + "~two");
        assertEquals(Set.of("password"), state.secrets());
        assertFalse(state.toString(), state.toString().contains("tulips") || state.toString().contains(SecretSettings.UNKNOWN));
        settings.saveValues(MANY + "~two", change("fps", "20"), Optional.empty());
        assertTrue(text(MANY + "~two"), text(MANY + "~two").contains("password = blue 7 tulips"));
        settings.saveValues(MANY + "~two", change("password", "red 9 roses"), Optional.empty());
        assertTrue(text(MANY + "~two"), text(MANY + "~two").contains("password = red 9 roses"));
        assertEquals(Set.of(), settings.saveValues(MANY + "~two", change("password"), Optional.empty()).secrets());
        assertFalse(text(MANY + "~two"), text(MANY + "~two").contains("password"));
        assertEquals("password", refuse(Reason.INVALID, () -> settings.saveValues(ONE, change("password", SecretSettings.UNKNOWN), Optional.empty())).key());
    }

    @Test
    public void savingChangesTheFileAndKeepsTheRest() throws Exception {
        SettingsState before = settings.readState(MANY + "~two");
        assertEquals(Optional.empty(), before.changedBy());
        assertEquals(Map.of("fsp", "Did you mean fps?"), before.unknown());
        assertEquals(Map.of("fps", List.of("25"), "kvm.label", List.of("Door")), before.values());
        SettingsState after = settings.saveValues(MANY + "~two", Map.of("fps", Optional.of(List.of("20")), "fast", Optional.of(List.of("true")),
                "names", Optional.of(List.of("a", "b")), "fsp", Optional.empty()), Optional.of(before.version()));
        assertEquals("# Pictures a second\nfps = 20\nkvm.label = Door\nservice.ranking = 7\npassword = blue 7 tulips\nfast = true\nnames = [\"a\", \"b\"]\n", text(MANY + "~two"));
        assertEquals(List.of("a", "b"), after.values().get("names"));
        assertEquals(Map.of(), after.unknown());
        assertEquals(Optional.of(SettingsState.Writer.FORM), after.changedBy());
        assertNotEquals(before.version(), after.version());
        assertEquals("of somebody who saw the values before", Reason.CHANGED,
                refuse(Reason.CHANGED, () -> settings.saveValues(MANY + "~two", change("fps", "19"), Optional.of(before.version()))).reason());
        settings.saveValues(MANY + "~two", change("fps"), Optional.of(after.version()));
        assertFalse(text(MANY + "~two"), text(MANY + "~two").contains("fps = "));
    }

    @Test
    public void aWrongValueIsRefusedAndTheFileStays() throws Exception {
        String before = text(MANY + "~two");
        SettingsException refused = refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", change("fps", "abc"), Optional.empty()));
        assertEquals("fps: It has to be a whole number (Pictures a second.).", refused.key() + ": " + refused.getMessage());
        assertEquals("fps", refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", change("fps", "61"), Optional.empty())).key());
        refused = refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", change("sise", "big"), Optional.empty()));
        assertEquals("sise: There is no setting of this name. Did you mean size?", refused.key() + ": " + refused.getMessage());
        assertEquals("service.ranking", refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", change("service.ranking", "1"), Optional.empty())).key());
        assertEquals(before, text(MANY + "~two"));
    }

    @Test
    public void aTextIsSplitIntoAList() throws Exception {
        Files.writeString(folder.resolve(MANY + "~two.cfg"), "names = a.example, b.example\nfps = 26\n");
        awaitFps(MANY + "~two", "26");
        SettingsState after = settings.saveValues(MANY + "~two", change("names", "a.example", "b.example"), Optional.empty());
        assertEquals(List.of("a.example", "b.example"), after.values().get("names"));
        assertEquals("names = [\"a.example\", \"b.example\"]\nfps = 26\n", text(MANY + "~two"));
    }

    @Test
    public void aKeyInOtherLettersIsReplaced() throws Exception {
        Files.writeString(folder.resolve(MANY + "~two.cfg"), "# Door\nKVM.Label = Door\nfps = 26\nPassword = blue 7 tulips\n");
        awaitFps(MANY + "~two", "26");
        SettingsState after = settings.saveValues(MANY + "~two", change("kvm.label", "Gate"), Optional.empty());
        assertEquals("Gate", after.values().get("kvm.label").get(0));
        assertEquals("# Door\nfps = 26\nPassword = blue 7 tulips\nkvm.label = Gate\n", text(MANY + "~two"));
        settings.saveValues(MANY + "~two", change("password", "red 9 roses"), Optional.empty());
        assertEquals("# Door\nfps = 26\nkvm.label = Gate\npassword = red 9 roses\n", text(MANY + "~two"));
    }

    @Test
    public void settingsThatDifferOnlyInTheirLettersAreRefusedTogether() throws Exception {
        Map<String, Optional<List<String>>> both = Map.of("host", Optional.of(List.of("a")), "HOST", Optional.of(List.of("b")));
        String before = text(MANY + "~two");
        refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", both, Optional.empty()));
        assertEquals(before, text(MANY + "~two"));
        refuse(Reason.INVALID, () -> settings.addConfiguration(MANY, "three", both));
        refuse(Reason.NOT_FOUND, () -> settings.readState(MANY + "~three"));
        assertEquals(List.of("b"), settings.saveValues(MANY + "~two", change("HOST", "b"), Optional.empty()).values().get("HOST"));
    }

    @Test
    public void aSettingHasOneValueOrAListOfValidOnes() throws Exception {
        String before = text(MANY + "~two");
        for (List<String> wrong : List.of(List.<String>of(), List.of("a", "b"))) {
            SettingsException refused = refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", Map.of("kvm.label", Optional.of(wrong)), Optional.empty()));
            assertEquals("kvm.label: It has to be a single value, not a list.", refused.key() + ": " + refused.getMessage());
        }
        for (String wrong : List.of("abc", "0", "", "1, 2")) {
            assertEquals("ports", refuse(Reason.INVALID, () -> settings.saveValues(MANY + "~two", change("ports", "80", wrong), Optional.empty())).key());
        }
        assertEquals(before, text(MANY + "~two"));
        settings.saveValues(MANY + "~two", change("ports", "80", " 443 "), Optional.empty());
        settings.saveValues(MANY + "~two", change("names", "a, b", "c\\"), Optional.empty());
        assertEquals(List.of("a, b", "c\\"), settings.readState(MANY + "~two").values().get("names"));
        settings.saveValues(MANY + "~two", Map.of("ports", Optional.of(List.of())), Optional.empty());
        assertEquals(List.of(), settings.readState(MANY + "~two").values().get("ports"));
    }

    @Test
    public void aBlankNumberOrFlagIsRemoved() throws Exception {
        settings.saveValues(MANY + "~two", change("fast", "true"), Optional.empty());
        SettingsState after = settings.saveValues(MANY + "~two", Map.of("fps", Optional.of(List.of("")), "fast", Optional.of(List.of(" ")),
                "kvm.label", Optional.of(List.of(""))), Optional.empty());
        assertEquals(Map.of("kvm.label", List.of("")), after.values());
        assertFalse(text(MANY + "~two"), text(MANY + "~two").contains("fps") || text(MANY + "~two").contains("fast"));
    }

    @Test
    public void aSingleConfigurationGetsItsFileWithTheFirstValue() throws Exception {
        assertFalse(Files.exists(folder.resolve(ONE + ".cfg")));
        assertEquals(Map.of(), settings.readState(ONE).values());
        settings.saveValues(ONE, change("fps", "12"), Optional.empty());
        assertEquals("fps = 12\n", text(ONE));
        assertTrue(form(ONE).configurations().get(0).stored());
    }

    @Test
    public void aSingleConfigurationIsResetAndItsFileKeepsTheComments() throws Exception {
        refuse(Reason.NOT_FOUND, () -> settings.removeConfiguration(ONE, Optional.empty()));
        settings.saveValues(ONE, change("fps", "12"), Optional.empty());
        Files.writeString(folder.resolve(ONE + ".cfg"), "# Pictures a second\n#fps = 30\nfps = 13\npassword = blue 7 tulips\n");
        awaitFps(ONE, "13");
        settings.removeConfiguration(ONE, Optional.empty());
        assertEquals("# Pictures a second\n#fps = 30\n", text(ONE));
        assertEquals(Map.of(), settings.readState(ONE).values());
    }

    private void awaitFps(String pid, String fps) throws Exception {
        for (int i = 0; i < 1000 && !List.of(fps).equals(settings.readState(pid).values().get("fps")); i++) {
            Thread.sleep(20);
        }
        assertEquals(List.of(fps), settings.readState(pid).values().get("fps"));
    }

    @Test
    public void configurationsAreAddedAndRemoved() throws Exception {
        SettingsState added = settings.addConfiguration(MANY, "garage.1", change("kvm.label", "Garage"));
        assertEquals("Garage", added.configured().title());
        assertEquals("kvm.label = Garage\n", text(MANY + "~garage.1"));
        refuse(Reason.NAME_TAKEN, () -> settings.addConfiguration(MANY, "garage.1", Map.of()));
        for (String name : List.of("", "a b", "../x", "a~b", "-a")) {
            assertEquals("name", refuse(Reason.INVALID, () -> settings.addConfiguration(MANY, name, Map.of())).key());
        }
        assertEquals("fps", refuse(Reason.INVALID, () -> settings.addConfiguration(MANY, "three", change("fps", "0"))).key());
        assertFalse("nothing is left of it", Files.exists(folder.resolve(MANY + "~three.cfg")));
        assertEquals(2, form(MANY).configurations().size());
        refuse(Reason.INVALID, () -> settings.addConfiguration(ONE, "x", Map.of()));
        refuse(Reason.NOT_FOUND, () -> settings.addConfiguration("org.example.nothing", "x", Map.of()));
        refuse(Reason.NOT_FOUND, () -> settings.readState(MANY + "~three"));
        refuse(Reason.NOT_FOUND, () -> settings.saveValues(MANY, change("fps", "5"), Optional.empty()));
        refuse(Reason.CHANGED, () -> settings.removeConfiguration(MANY + "~garage.1", Optional.of("old")));
        settings.removeConfiguration(MANY + "~garage.1", Optional.of(added.version()));
        assertFalse(Files.exists(folder.resolve(MANY + "~garage.1.cfg")));
    }

    @Test
    public void theComponentsOwnCheckCountsAndItsProblemIsShown() throws Exception {
        framework.context().registerService(ConfigurationCheck.class, values -> {
            if ("25".equals(values.get("fps")) || values.containsKey("everything")) {
                throw new BadValueException(values.get("service.pid").toString(), "fps", 25, "another number");
            }
        }, new Hashtable<>(Map.of(ConfigurationCheck.PID, MANY)));
        assertEquals(Optional.of(MANY + "~two: fps is '25'; it has to be another number"), form(MANY).configurations().get(0).problem());
        settings.saveValues(MANY + "~two", change("fps", "24"), Optional.empty());
        assertEquals(Optional.empty(), form(MANY).configurations().get(0).problem());
    }

    @Test
    public void aFormThatNothingCanBeSavedInSaysWhy() {
        framework.context().registerService(ConfigurationCheck.class, values -> {
            for (String key : values.keySet()) {
                if (!key.equals("service.pid")) {
                    throw new BadValueException(ONE, key, "...", "left to the start");
                }
            }
        }, new Hashtable<>(Map.of(ConfigurationCheck.PID, ONE)));
        assertEquals(Optional.of("left to the start"), form(ONE).lockReason());
        assertEquals(Optional.empty(), form(MANY).lockReason());
    }

    @Test
    public void theFileThatAnEditorChangedIsNamed() throws Exception {
        Files.writeString(folder.resolve(MANY + "~two.cfg"), "fps = 21\n");
        awaitFps(MANY + "~two", "21");
        assertEquals(Optional.of(SettingsState.Writer.FILE), settings.readState(MANY + "~two").changedBy());
        assertEquals(MANY + "~two.cfg", settings.readState(MANY + "~two").file());
    }
}
