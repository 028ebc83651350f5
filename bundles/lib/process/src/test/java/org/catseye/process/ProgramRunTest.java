package org.catseye.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ProgramRunTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static ProgramRun shell(String script) {
        return new ProgramRun(List.of("/bin/sh", "-c", script));
    }

    @Test
    public void theOutputIsReturnedAndTheEnvironmentIsSmall() throws Exception {
        assertEquals("  two words", shell("echo '  two words'").run());
        assertEquals("1", shell("echo $A").withVariable("A", "1").run());
        assertFalse(shell("env").run().contains("HOME="));
        assertEquals(folder.getRoot().toPath().toRealPath().toString(), shell("pwd -P").inFolder(folder.getRoot().toPath()).run());
    }

    @Test
    public void inputAndOutputMayBeFiles() throws Exception {
        Path from = Files.writeString(folder.newFile().toPath(), "content");
        Path to = folder.newFile().toPath();
        assertEquals("", new ProgramRun(List.of("cat")).readingFrom(from).writingTo(to).run());
        assertEquals("content", Files.readString(to));
        assertEquals("no input otherwise", "", new ProgramRun(List.of("cat")).run());
    }

    @Test
    public void theLastBytesOfALongOutputAreKept() throws Exception {
        String printed = shell("head -c 100000 /dev/zero | tr '\\0' x; echo; echo end").keeping(1000).run();
        assertTrue(printed.length() <= 1000 && printed.endsWith("\nend"));
    }

    @Test
    public void aFailureIsReportedInWords() {
        assertEquals("it is broken", assertThrows(IOException.class, () -> shell("echo noise >&2; echo it is broken >&2; exit 3").run()).getMessage());
        String silent = assertThrows(IOException.class, () -> shell("exit 3").run()).getMessage();
        assertTrue(silent, silent.contains("failed with exit code 3"));
        String missing = assertThrows(IOException.class, () -> new ProgramRun(List.of("/no/such/program")).run()).getMessage();
        assertTrue(missing, missing.startsWith("The program /no/such/program cannot be started"));
    }

    @Test
    public void whatTakesTooLongEndsWithItsChildren() throws Exception {
        Path pid = folder.getRoot().toPath().resolve("pid");
        IOException late = assertThrows(IOException.class, () -> shell("sleep 300 & echo $! >" + pid + "; wait").within(Duration.ofMillis(500)).run());
        assertTrue(late.getMessage(), late.getMessage().contains("did not end within 0.5 s"));
        long child = Long.parseLong(Files.readString(pid).strip());
        for (int i = 0; i < 500 && ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent(); i++) {
            Thread.sleep(10);
        }
        assertFalse(ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent());
    }
}
