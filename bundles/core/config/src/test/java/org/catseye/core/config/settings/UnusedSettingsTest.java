package org.catseye.core.config.settings;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.settings.UnusedSettings.Stored;
import org.catseye.targets.SelfCheck.Item;
import org.junit.Test;

public class UnusedSettingsTest {

    private static final String PID = "org.catseye.demo";

    private final List<Stored> stored = new ArrayList<>();
    private final Map<String, Form> forms = Map.of(PID, new Form(Set.of("fps", "size", "jpegQuality"), true, false),
        "org.catseye.many", new Form(Set.of("device"), false, true), "com.example", new Form(Set.of("timeout"), true, false));
    private final UnusedSettings settings = new UnusedSettings(() -> stored, pid -> Optional.ofNullable(forms.get(pid)));

    private List<Problem> store(String pid, Map<String, Object> values) {
        stored.add(new Stored(ConfigurationPid.parsePid(pid), values));
        return settings.findProblems();
    }

    @Test
    public void anUnknownSettingNamesItsFileAndTheSettingThatWasMeant() {
        assertEquals(List.of(new Problem("bay1", "org.catseye.demo.cfg, fsp", "There is no setting fsp, so it has no effect.", "Did you mean fps?")),
            store(PID, Map.of("fsp", "5", "size", "big", "kvm.target", "bay1")));
    }

    @Test
    public void withoutASimilarOneAllAreListed() {
        assertEquals("Remove it; the settings are fps, jpegQuality, size.", store(PID, Map.of("colour", "red")).get(0).remedy());
    }

    @Test
    public void upperAndLowerCaseMatter() {
        assertEquals("Did you mean jpegQuality?", store(PID, Map.of("jpegquality", "5")).get(0).remedy());
    }

    @Test
    public void settingsOfEveryComponentAndUnknownProductsAreLeftAlone() {
        assertEquals(List.of(), store(PID, Map.of("fps", "5", "kvm.label", "x", "service.ranking", "7", "hub.target", "(a=b)")));
        assertEquals(List.of(), store("org.example.unknown", Map.of("anything", "x")));
        assertEquals("a form may leave settings out", List.of(), store("com.example", Map.of("anything", "x")));
        assertEquals("Did you mean timeout?", store("com.example", Map.of("timeuot", "x")).get(0).remedy());
    }

    @Test
    public void aFileThatCannotCountIsReported() {
        assertEquals(List.of(), store("org.catseye.many", Map.of()));
        assertEquals("Rename it to org.catseye.many~NAME.cfg, with a NAME of your choice.", store("org.catseye.many~two", Map.of()).get(0).remedy());
        stored.clear();
        assertEquals("Move its settings to org.catseye.demo.cfg, and delete this file.", store("org.catseye.demo~two", Map.of()).get(0).remedy());
    }

    @Test
    public void theSelfCheckOfATargetHasItsOwnFiles() {
        store(PID, Map.of("fsp", "5", "kvm.target", "bay1"));
        List<Item> items = new SettingsCheck("bay1", settings).checkItems();
        assertEquals(List.of(Item.failed("org.catseye.demo.cfg, fsp", "There is no setting fsp, so it has no effect.", "Did you mean fps?")), items);
        List<Item> others = new SettingsCheck("default", settings).checkItems();
        assertTrue(others.toString(), others.size() == 1 && others.get(0).ok());
    }

    @Test
    public void editsAreCounted() {
        assertEquals(1, SimilarName.countEdits("fsp", "fps"));
        assertEquals(0, SimilarName.countEdits("FPS", "fps"));
        assertEquals(3, SimilarName.countEdits("kitten", "sitting"));
        assertEquals(Optional.empty(), SimilarName.findSimilar("a", List.of("size")));
    }

    @Test
    public void longNamesAreNotCompared() {
        String longName = "x".repeat(1_000_000);
        assertEquals(Optional.empty(), SimilarName.findSimilar(longName, List.of(longName + "y", "fps")));
    }
}
