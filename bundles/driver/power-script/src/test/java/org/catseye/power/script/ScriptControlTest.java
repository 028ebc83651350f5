package org.catseye.power.script;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.catseye.testkit.PowerControlContract;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Against real shell scripts: the computer is a file with its state. */
public class ScriptControlTest extends PowerControlContract {

    private static final String COMPUTER = """
            cd "$(dirname "$0")/.."
            case $1 in
                status) cat state ;;
                *) echo "$1 $KVM_TARGET" >>log
                   case $1 in on|press) echo on >state ;; off|hold) echo off >state ;; esac ;;
            esac
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private Path scripts;
    private Path program;

    @Before
    public void createScript() throws IOException {
        Files.setPosixFilePermissions(folder.getRoot().toPath(), PosixFilePermissions.fromString("rwxr-xr-x"));
        scripts = Files.createDirectory(folder.getRoot().toPath().resolve("scripts"));
        Files.setPosixFilePermissions(scripts, PosixFilePermissions.fromString("rwxr-xr-x"));
        program = write("computer", COMPUTER);
        setComputerOn(false);
    }

    private Path write(String name, String text) throws IOException {
        Path file = scripts.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text);
        return allow(file, "rwxr-xr-x");
    }

    private static Path allow(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private ScriptPlace place() {
        return ScriptPlace.ofHome(Optional.of(folder.getRoot().toPath()));
    }

    private ScriptControl createControl(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("program", program.toString()));
        all.putAll(more);
        return new ScriptControl(place(), all);
    }

    private ScriptControl createControl(Path otherProgram) {
        return createControl(Map.of("program", otherProgram.toString()));
    }

    @Override
    protected PowerControl createControl() {
        return createControl(Map.of("actions", new String[] {"on", "off", "press", "hold", "reset", "wake", "cycle"}));
    }

    @Override
    protected void setComputerOn(boolean on) throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve("state"), on ? "on\n" : "off\n");
        Files.deleteIfExists(folder.getRoot().toPath().resolve("log"));
    }

    @Override
    protected boolean noticedAction(PowerAction action) throws IOException {
        return readLog().equals(List.of(action.publicName() + " default"));
    }

    private List<String> readLog() throws IOException {
        return Files.readAllLines(folder.getRoot().toPath().resolve("log"));
    }

    @Override
    protected void breakDevice() throws IOException {
        write("computer", "echo 'The relay board is not connected.' >&2; exit 3\n");
    }

    @Test
    public void theLastLineOfTheErrorsIsTheMessage() throws Exception {
        assertFailure(write("talks", "echo first >&2; echo 'No answer from the relay board.' >&2; exit 1"), "No answer from the relay board.");
        Path quiet = write("quiet", "exit 7");
        assertFailure(quiet, quiet + " on failed with exit code 7.");
        Path word = write("word", "echo ENODEV >&2; exit 7");
        assertFailure(word, word + " on failed with exit code 7: ENODEV");
    }

    private void assertFailure(Path path, String message) {
        IOException failure = assertThrows(IOException.class, () -> createControl(path).performAction(PowerAction.ON));
        assertEquals(message, failure.getMessage());
    }

    @Test
    public void theStatusMustBeOneOfThreeWords() throws Exception {
        assertEquals(PowerCondition.UNKNOWN, createControl(write("unsure", "echo unknown")).readState().condition());
        IOException failure = assertThrows(IOException.class, createControl(write("chatty", "echo 'it is on'"))::readState);
        assertEquals("The program must print on, off or unknown; it printed 'it is on'.", failure.getMessage());
    }

    @Test
    public void theEnvironmentHasOnlyPathAndTheComputer() throws Exception {
        String text = ScriptRun.runProgram(write("environment", "env"), "status", "bay1", Duration.ofSeconds(10));
        List<String> names = text.lines().map(line -> line.replaceAll("=.*", "")).sorted().filter(name -> !name.matches("PWD|SHLVL|_|OLDPWD")).toList();
        assertEquals(text, List.of("KVM_TARGET", "PATH"), names);
        assertTrue(text, text.contains("KVM_TARGET=bay1"));
    }

    @Test
    public void aProgramThatHangsIsStoppedWithItsChildren() throws Exception {
        Path pids = folder.getRoot().toPath().resolve("pids");
        Path hanging = write("hanging", "sleep 300 & echo $! >" + pids + "\n(sleep 301; touch " + pids + ".more) & echo $! >>" + pids
            + "\necho $$ >>" + pids + "\nsleep 302\ntouch " + pids + ".more");
        long start = System.nanoTime();
        IOException failure = assertThrows(IOException.class, createControl(hanging)::readState);
        assertEquals(hanging + " status did not end within 2.5 s and was stopped.", failure.getMessage());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 60);
        List<String> started = Files.readAllLines(pids);
        assertEquals(3, started.size());
        for (String pid : started) {
            awaitEnd(Long.parseLong(pid));
        }
        assertFalse(Files.exists(Path.of(pids + ".more")));
    }

    private static void awaitEnd(long pid) throws Exception {
        for (int i = 0; isRunning(pid); i++) {
            assertTrue("process " + pid + " runs on", i < 1_000);
            Thread.sleep(10);
        }
    }

    /** An ended process whose parent has not noticed it has no command line any more. */
    private static boolean isRunning(long pid) throws IOException {
        Path commandLine = Path.of("/proc/" + pid + "/cmdline");
        try {
            return Files.readAllBytes(commandLine).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    public void aChildInTheBackgroundDoesNotDelayTheResult() throws Exception {
        Path pid = folder.getRoot().toPath().resolve("pid");
        String printed = ScriptRun.runProgram(write("background", "sleep 300 & echo $! >" + pid + "\necho on"), "status", "bay1", Duration.ofSeconds(60));
        assertEquals("on", printed);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    public void endlessOutputIsBounded() throws Exception {
        String printed = ScriptRun.runProgram(write("loud", "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo on"), "status", "bay1", Duration.ofSeconds(60));
        assertTrue(printed.length() + "", printed.length() <= 16_384 && printed.endsWith("on"));
    }

    @Test
    public void aProgramThatOthersCanChangeIsRefused() throws Exception {
        allow(program, "rwxrwxr-x");
        assertFailure(program, "Other users can change " + program.toRealPath() + "; chmod go-w prevents it.");
        allow(program, "rwxr-xr-x");
        allow(scripts, "rwxr-xrwx");
        assertFailure(program, "Other users can change " + scripts.toRealPath() + "; chmod go-w prevents it.");
        allow(scripts, "rwxr-xr-x");
        createControl(program).performAction(PowerAction.ON);
    }

    @Test
    public void aProgramOfAnotherUserIsRefused() throws Exception {
        Assume.assumeTrue("the test runs as root", System.getProperty("user.name").equals("root"));
        Files.setOwner(program, program.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertFailure(program, program.toRealPath() + " belongs to nobody; it has to belong to root.");
    }

    @Test
    public void aProgramElsewhereIsRefused() throws Exception {
        for (String elsewhere : new String[] {"/bin/sh", "computer", "", scripts.toString(), scripts + "/../state", scripts + "2/x", "/etc/catseye/scripts"}) {
            ScriptControl control = createControl(Map.of("program", elsewhere));
            assertEquals(Set.of(), control.supportedActions());
            BadValueException refused = assertThrows(BadValueException.class, control::readState);
            assertEquals(ScriptConfig.PID + ": program is '" + elsewhere + "'; it has to be the full path of a program in " + scripts
                + " or /etc/catseye/scripts", refused.getMessage());
        }
    }

    @Test
    public void aLinkToAProgramElsewhereIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(scripts.resolve("link"), Path.of("/bin/sh"));
        assertFailure(link, "The program " + link + " leads to " + Path.of("/bin/sh").toRealPath() + ", which is not in " + scripts + " or /etc/catseye/scripts.");
    }

    @Test
    public void aProgramThatCannotRunIsReported() throws Exception {
        assertFailure(scripts.resolve("none"), "The program " + scripts.resolve("none") + " does not exist.");
        allow(program, "rw-r--r--");
        assertFailure(program, "The program " + program + " is not an executable file; chmod 755 makes it one.");
        Path other = write("other", "");
        Files.writeString(other, "#!/none/such\n");
        assertTrue(assertThrows(IOException.class, () -> createControl(other).performAction(PowerAction.ON)).getMessage()
            .startsWith("The program " + other.toRealPath() + " cannot be started: "));
    }

    @Test
    public void anUnknownActionIsAStateWithADescription() {
        BadValueException refused = assertThrows(BadValueException.class, createControl(Map.of("actions", "explode"))::readState);
        assertTrue(refused.getMessage(), refused.getMessage().startsWith(ScriptConfig.PID + ": actions is 'explode'; it has to be some of press, hold"));
        assertThrows(BadValueException.class, createControl(Map.of("kvm.target", "b a y"))::readState);
        assertEquals(Set.of(PowerAction.ON, PowerAction.OFF), createControl(Map.of()).supportedActions());
        assertEquals(Set.of(), createControl(Map.of("actions", new String[0])).supportedActions());
    }
}
