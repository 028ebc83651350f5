package org.catseye.launcher.selection;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.catseye.launcher.selection.ChosenFeatures.Change;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ChosenFeaturesTest {
    private static final Change VNC_ON = new Change("vnc", true, List.of("virtual-target", "vnc"), "ann", "192.0.2.1");
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;
    private ChosenFeatures features;

    @Before
    public void create() {
        folder = temporary.getRoot().toPath().resolve("features");
        features = new ChosenFeatures(temporary.getRoot().toPath());
    }

    private ChosenFeatures restart() {
        return new ChosenFeatures(temporary.getRoot().toPath());
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    public void aCommittedChoiceStaysAndOthersCannotReadIt() throws Exception {
        assertEquals(Optional.empty(), features.readNames());
        assertFalse(features.exists());
        features.beginTrial(VNC_ON);
        assertEquals("not before the trial has ended", Optional.empty(), restart().readNames());
        features.commitTrial(VNC_ON);
        assertEquals(Optional.of(List.of("virtual-target", "vnc")), restart().readNames());
        assertEquals(Optional.empty(), restart().undoUnfinished());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("chosen"))));
    }

    @Test
    public void anEmptyChoiceIsAChoice() throws Exception {
        features.beginTrial(new Change("virtual-target", false, List.of(), "ann", ""));
        features.commitTrial(new Change("virtual-target", false, List.of(), "ann", ""));
        assertEquals(Optional.of(List.of()), restart().readNames());
    }

    @Test
    public void aStopDuringTheTrialLeavesTheOldChoiceAndAReason() throws Exception {
        write("chosen", "ldap\n");
        features.beginTrial(VNC_ON);
        ChosenFeatures next = restart();
        assertEquals(Optional.of(VNC_ON), next.undoUnfinished());
        assertEquals(Optional.of(List.of("ldap")), next.readNames());
        assertEquals("vnc", next.findRollBack().orElseThrow().feature());
        assertEquals(ChosenFeatures.STOPPED, next.findRollBack().orElseThrow().reason());
        assertEquals("only once", Optional.empty(), restart().undoUnfinished());
    }

    @Test
    public void aStopBetweenTheChoiceAndTheEndOfTheRecordLeavesTheNewChoice() throws Exception {
        features.beginTrial(VNC_ON);
        Path record = folder.resolve("trying");
        byte[] kept = Files.readAllBytes(record);
        features.commitTrial(VNC_ON);
        Files.write(record, kept);
        ChosenFeatures next = restart();
        assertEquals(Optional.empty(), next.undoUnfinished());
        assertEquals(Optional.of(List.of("virtual-target", "vnc")), next.readNames());
        assertFalse(Files.exists(record));
        assertEquals(Optional.empty(), next.findRollBack());
    }

    @Test
    public void aFailedTrialIsRememberedInOneLine() throws Exception {
        features.beginTrial(VNC_ON);
        features.undoTrial("vnc", "It does\nnot run.");
        assertEquals("It does not run.", restart().findRollBack().orElseThrow().reason());
        assertEquals(Optional.empty(), restart().readNames());
        assertEquals(Optional.empty(), restart().undoUnfinished());
    }

    @Test
    public void unreadableContentIsReportedWithTheFile() throws Exception {
        write("chosen", "# comment\n\n ms2109 \nms2109\n");
        assertEquals(Optional.of(List.of("ms2109")), features.readNames());
        write("chosen", "../../etc/passwd\n");
        assertTrue(assertThrows(IOException.class, features::readNames).getMessage().contains("features/chosen has a line that is not the name of a feature"));
        write("chosen", "x".repeat(20_000));
        assertTrue(assertThrows(IOException.class, features::readNames).getMessage().contains("more than the 16384"));
    }

    @Test
    public void damagedRecordsCountAsNone() throws Exception {
        write("trying", "\u0000\u0001nonsense");
        write("rolled-back", "yesterday\nvnc\nno\n");
        write("starts", "many");
        assertEquals(Optional.empty(), features.undoUnfinished());
        assertEquals(Optional.empty(), features.findRollBack());
        assertFalse(features.hasFailedTooOften());
    }

    @Test
    public void twoStartsWithoutALoginAreTooOftenUntilTheNextChoice() throws Exception {
        write("chosen", "vnc\n");
        features.beginStart();
        assertFalse(restart().hasFailedTooOften());
        restart().beginStart();
        assertTrue(restart().hasFailedTooOften());
        features.beginTrial(VNC_ON);
        features.commitTrial(VNC_ON);
        assertFalse(restart().hasFailedTooOften());
        features.beginStart();
        features.endStart();
        features.beginStart();
        assertFalse("a good start in between", restart().hasFailedTooOften());
    }

    @Test
    public void namesOfUsersCannotAddLinesToTheRecord() throws Exception {
        features.beginTrial(new Change("vnc", true, List.of("vnc"), "ann\nchosen dev", "192.0.2.1"));
        assertEquals(List.of("vnc"), restart().undoUnfinished().orElseThrow().names());
    }
}
