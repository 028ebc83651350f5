package org.catseye.core.deploy.change;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Caller;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.testkit.FakeAccess;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JarChangesTest {

    /** The process ends. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final Caller BY = new Caller(new FakeAccess().open("t", "ann"), "192.0.2.1");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path deploy;
    private Path home;
    private Path source;
    private int millis;
    private int stepsLeft = Integer.MAX_VALUE;

    @Before
    public void createFolders() throws IOException {
        deploy = temporary.newFolder("deploy").toPath();
        home = temporary.getRoot().toPath().resolve("plugins");
        source = temporary.getRoot().toPath().resolve("source.jar");
    }

    private JarChanges changes() {
        millis++;
        return new JarChanges(deploy, home, Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC), () -> {
            if (stepsLeft-- == 0) {
                throw new Killed();
            }
        });
    }

    private DroppedJar write(Path path, String version) throws IOException {
        Files.write(path, TestJar.bundle("a", version, Map.of()));
        return DroppedJar.describe(deploy.resolve("a.jar"), FileTime.fromMillis(0), JarContent.readFile(path));
    }

    private DroppedJar installed(String version) throws IOException {
        return write(deploy.resolve("a.jar"), version);
    }

    /** The version in the drop folder. */
    private String current() throws IOException {
        Path jar = deploy.resolve("a.jar");
        return Files.exists(jar) ? JarContent.readFile(jar).parseVersion().toString() : "none";
    }

    private List<String> kept() throws IOException {
        return changes().listKept("a").stream().map(KeptJars.KeptJar::version).toList();
    }

    @Test
    public void aVersionThatWorksStaysAndThePreviousOneIsKept() throws IOException {
        JarChanges changes = changes();
        changes.commit(changes.replaceJar(write(source, "2.0.0"), source, Optional.of(installed("1.0.0")), false, BY), source);
        assertEquals("2.0.0", current());
        assertEquals(List.of("1.0.0"), kept());
        assertEquals(List.of(), changes().restoreUnfinished(unfinished -> { }));
        assertEquals("2.0.0", current());
    }

    @Test
    public void aVersionThatDoesNotWorkIsReplacedWithThePreviousOneAndTheReasonIsKept() throws IOException {
        JarChanges changes = changes();
        assertTrue(changes.restore(changes.replaceJar(write(source, "2.0.0"), source, Optional.of(installed("1.0.0")), false, BY), "It does\nnot run."));
        assertEquals("1.0.0", current());
        assertEquals("it is in use again", List.of(), kept());
        assertEquals("[RollBack[plugin=a, version=2.0.0, time=1970-01-01T00:00:00.001Z, reason=It does not run.]]", changes().listRollBacks().toString());
        JarChanges next = changes();
        next.commit(next.replaceJar(write(source, "3.0.0"), source, Optional.of(installed("1.0.0")), false, BY), source);
        assertEquals("a version that works ends the story", List.of(), changes().listRollBacks());
    }

    @Test
    public void aNewPluginThatDoesNotWorkLeavesNothing() throws IOException {
        JarChanges changes = changes();
        changes.restore(changes.replaceJar(write(source, "2.0.0"), source, Optional.empty(), false, BY), "It does not run.");
        assertEquals("none", current());
    }

    @Test
    public void aFileThatSomeoneElseHasReplacedStays() throws IOException {
        JarChanges changes = changes();
        ChangeRecord change = changes.replaceJar(write(source, "2.0.0"), source, Optional.of(installed("1.0.0")), false, BY);
        installed("9.0.0");
        assertFalse(changes.restore(change, "It does not run."));
        assertEquals("9.0.0", current());
        assertEquals(List.of(), changes().restoreUnfinished(unfinished -> { }));
        assertEquals("9.0.0", current());
    }

    @Test
    public void threeVersionsAreKept() throws IOException {
        DroppedJar now = installed("1.0.0");
        for (String version : List.of("2.0.0", "3.0.0", "4.0.0", "5.0.0")) {
            JarChanges changes = changes();
            DroppedJar next = write(source, version);
            changes.commit(changes.replaceJar(next, source, Optional.of(now), false, BY), source);
            now = next;
        }
        assertEquals(List.of("4.0.0", "3.0.0", "2.0.0"), kept());
        changes().forgetPlugin("a");
        assertEquals(List.of(), kept());
    }

    /** Whatever the process was doing when it ended, the next start has one of the two sets, and it is complete. */
    @Test
    public void aStopAtAnyStepLeavesTheOldOrTheNewSet() throws IOException {
        for (boolean update : new boolean[] {true, false}) {
            for (boolean works : new boolean[] {true, false}) {
                assertStopsAreHarmless(update, works);
            }
        }
    }

    private void assertStopsAreHarmless(boolean update, boolean works) throws IOException {
        String before = update ? "1.0.0" : "none";
        int step = 0;
        for (boolean finished = false; !finished; step++) {
            Files.deleteIfExists(deploy.resolve("a.jar"));
            Optional<DroppedJar> previous = update ? Optional.of(installed("1.0.0")) : Optional.empty();
            finished = !endsAtStep(step, previous, works);
            stepsLeft = Integer.MAX_VALUE;
            String found = current();
            assertTrue(step + ": " + found, found.equals(before) || found.equals("2.0.0"));
            boolean restored = !changes().restoreUnfinished(unfinished -> { }).isEmpty();
            assertEquals(step + ": restored if it was there", restored, found.equals("2.0.0") && !current().equals(found));
            assertEquals("step " + step + ", " + works, finished && works || !restored && found.equals("2.0.0") ? "2.0.0" : before, current());
            assertEquals("nothing is left to do", List.of(), changes().restoreUnfinished(unfinished -> { }));
            changes().forgetPlugin("a");
        }
        assertTrue(step + " steps", step > (update ? 4 : 3));
    }

    /** Returns whether it ended there. */
    private boolean endsAtStep(int step, Optional<DroppedJar> previous, boolean works) throws IOException {
        JarChanges changes = changes();
        DroppedJar next = write(source, "2.0.0");
        stepsLeft = step;
        try {
            ChangeRecord change = changes.replaceJar(next, source, previous, false, BY);
            if (works) {
                changes.commit(change, source);
            } else {
                changes.restore(change, "It does not run.");
            }
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    @Test
    public void aJarThatCannotBeWrittenLeavesTheOldOneAndNoRecord() throws IOException {
        DroppedJar next = write(source, "2.0.0");
        Files.delete(source);
        assertThrows(IOException.class, () -> changes().replaceJar(next, source, Optional.of(installed("1.0.0")), false, BY));
        assertEquals("1.0.0", current());
        assertEquals(List.of(), kept());
        assertEquals(0, home.resolve("trials").toFile().list().length);
    }

    @Test
    public void draftsAndDamagedRecordsDoNotMatter() throws IOException {
        JarChanges changes = changes();
        changes.commit(changes.replaceJar(write(source, "2.0.0"), source, Optional.of(installed("1.0.0")), false, BY), source);
        Path draft = Files.write(home.resolve("previous/a/.5_1.0.0.jar.tmp"), new byte[1]);
        Files.writeString(home.resolve("trials/a"), "file a.jar\n");
        assertEquals(List.of(), changes().restoreUnfinished(unfinished -> { }));
        assertFalse(Files.exists(draft));
        assertEquals("2.0.0", current());
    }

    @Test
    public void aDiskThatCannotTakeTheReasonStillGetsThePreviousJarBack() throws IOException {
        JarChanges changes = changes();
        ChangeRecord change = changes.replaceJar(write(source, "2.0.0"), source, Optional.of(installed("1.0.0")), false, BY);
        Files.writeString(home.resolve("rolled-back"), "a file in the place of the folder");
        Object copy = Files.readAttributes(home.resolve("previous/a").resolve(change.keptFile()), BasicFileAttributes.class).fileKey();
        assertTrue(changes.restore(change, "It does not run."));
        assertEquals("1.0.0", current());
        assertEquals("moved, because a copy needs space", copy, Files.readAttributes(deploy.resolve("a.jar"), BasicFileAttributes.class).fileKey());
        assertEquals(List.of(), changes().restoreUnfinished(unfinished -> { }));
    }

    @Test
    public void aRecordNamesTheUserAndIsReportedEvenIfTheFileIsAlreadyRestored() throws IOException {
        JarChanges changes = changes();
        changes.replaceJar(write(source, "2.0.0"), source, Optional.of(installed("1.0.0")), true, BY);
        installed("1.0.0");
        List<ChangeRecord> reported = new ArrayList<>();
        assertEquals(List.of(), changes().restoreUnfinished(reported::add));
        assertEquals("ann 192.0.2.1 true", reported.get(0).user() + " " + reported.get(0).address() + " " + reported.get(0).wasStopped());
    }

    @Test
    public void aClockThatRunsBackKeepsTheVersionThatWasJustReplaced() throws IOException {
        DroppedJar now = installed("1.0.0");
        for (String version : List.of("2.0.0", "3.0.0", "4.0.0", "5.0.0")) {
            millis = 10_000 - 100 * version.charAt(0);
            JarChanges changes = changes();
            DroppedJar next = write(source, version);
            changes.commit(changes.replaceJar(next, source, Optional.of(now), false, BY), source);
            now = next;
        }
        assertEquals(List.of("4.0.0", "3.0.0", "2.0.0"), kept());
    }

    @Test
    public void aVersionThatIsInUseAgainTakesNoPlaceOfAnother() throws IOException {
        DroppedJar now = installed("1.0.0");
        for (String version : List.of("2.0.0", "3.0.0", "4.0.0")) {
            JarChanges changes = changes();
            DroppedJar next = write(source, version);
            changes.commit(changes.replaceJar(next, source, Optional.of(now), false, BY), source);
            now = next;
        }
        JarChanges changes = changes();
        Path kept = changes.listKept("a").get(0).path();
        changes.commit(changes.replaceJar(write(source, "3.0.0"), kept, Optional.of(now), false, BY), kept);
        assertEquals("3.0.0", current());
        assertEquals(List.of("4.0.0", "2.0.0", "1.0.0"), kept());
    }
}
