package org.catseye.core.deploy.version;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.core.deploy.jar.DroppedJar;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Version;

public class StartTrialsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private long now;

    private static DroppedJar jar(String file, String digest) {
        return new DroppedJar(Path.of("/deploy", file), FileTime.fromMillis(0), digest, file, Version.emptyVersion, false);
    }

    private static final DroppedJar BAD = jar("bad one.jar", "1");
    private static final DroppedJar GOOD = jar("good.jar", "2");

    private Path file() {
        return folder.getRoot().toPath().resolve("trials");
    }

    /** The next run of the process. */
    private StartTrials start() {
        StartTrials trials = new StartTrials(file(), () -> now);
        trials.loadFile();
        return trials;
    }

    private List<String> held(StartTrials trials) {
        return Arrays.asList(BAD, GOOD).stream().filter(trials::isHeld).map(DroppedJar::fileName).toList();
    }

    private static void startAll(StartTrials trials, DroppedJar... jars) {
        for (DroppedJar jar : jars) {
            trials.beginStart(jar);
            trials.endStart(jar);
        }
    }

    @Test
    public void aBundleThatEndsTheProcessTwiceWhileItStartsIsHeld() {
        for (int i = 0; i < 2; i++) {
            StartTrials trials = start();
            assertEquals(List.of(), held(trials));
            startAll(trials, GOOD);
            trials.beginStart(BAD);
        }
        assertEquals(List.of("bad one.jar"), held(start()));
        assertEquals("and stays held", List.of("bad one.jar"), held(start()));
    }

    @Test
    public void anotherContentOfTheFileIsTriedAndSoIsTheSameOneAfterARemoval() {
        for (int i = 0; i < 2; i++) {
            start().beginStart(BAD);
        }
        StartTrials trials = start();
        assertFalse(trials.isHeld(jar("bad one.jar", "3")));
        trials.forget("bad one.jar");
        assertEquals(List.of(), held(trials));
        assertEquals(List.of(), held(start()));
    }

    @Test
    public void anEndSoonAfterTheStartHoldsAllThatStartedForOneRun() {
        for (int i = 0; i < 2; i++) {
            startAll(start(), GOOD, BAD);
        }
        assertEquals(List.of("bad one.jar", "good.jar"), held(start()));
        assertEquals("the next run tries again", List.of(), held(start()));
    }

    @Test
    public void aRunThatLastsLongEnoughIsNoFailure() {
        for (int i = 0; i < 4; i++) {
            StartTrials trials = start();
            assertEquals(List.of(), held(trials));
            startAll(trials, BAD);
            now += TimeUnit.SECONDS.toNanos(31);
            trials.endTrials();
        }
        assertFalse("nothing is left to remember", Files.exists(file()));
    }

    @Test
    public void anIntendedEndIsNoFailure() {
        for (int i = 0; i < 4; i++) {
            StartTrials trials = start();
            assertEquals(List.of(), held(trials));
            startAll(trials, BAD);
            trials.endRun();
        }
    }

    @Test
    public void anEndBeforeTheRecordWasReadIsNoSuccess() {
        start().beginStart(BAD);
        new StartTrials(file(), () -> now).endRun();
        start().beginStart(BAD);
        assertEquals(List.of("bad one.jar"), held(start()));
    }

    @Test
    public void onlyFailuresInARowCount() {
        start().beginStart(BAD);
        StartTrials good = start();
        startAll(good, BAD);
        good.endRun();
        start().beginStart(BAD);
        assertEquals(List.of(), held(start()));
    }

    @Test
    public void theSecondFailureNamesOnlySuspectsOfTheFirst() {
        StartTrials trials = start();
        trials.beginStart(BAD);
        trials.beginStart(GOOD);
        trials = start();
        trials.beginStart(jar("other.jar", "4"));
        trials.beginStart(BAD);
        assertEquals(List.of("bad one.jar"), held(start()));
    }

    @Test
    public void aDamagedRecordCountsAsEmpty() throws Exception {
        Files.write(file(), new byte[] {0, 1, 2, '\n', 'a', ' ', 'b'});
        assertEquals(List.of(), held(start()));
        assertTrue(Files.notExists(file()));
    }

    @Test
    public void aStartAfterAnIntendedEndIsRefusedAndNotRecorded() {
        StartTrials trials = start();
        trials.beginStart(GOOD);
        trials.endRun();
        assertTrue(trials.hasEnded());
        trials.endStart(GOOD);
        assertFalse(trials.beginStart(BAD));
        trials.endStart(BAD);
        assertFalse(Files.exists(file()));
    }
}
