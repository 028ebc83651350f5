package org.catseye.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class KernelFilesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private void write(String path, String text) throws IOException {
        Path file = folder.getRoot().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private KernelFiles files() {
        return new KernelFiles(folder.getRoot().toPath());
    }

    @Test
    public void textAndNumbersHaveNoWhiteSpaceAtTheirEnds() throws IOException {
        write("sys/class/hwmon/hwmon0/name", "rpi_volt\n");
        write("sys/class/thermal/thermal_zone0/temp", "48312\n");
        assertEquals(Optional.of("rpi_volt"), files().readText("sys/class/hwmon/hwmon0/name"));
        assertEquals(OptionalLong.of(48312), files().readNumber("sys/class/thermal/thermal_zone0/temp"));
        assertEquals(OptionalLong.empty(), files().readNumber("sys/class/hwmon/hwmon0/name"));
    }

    @Test
    public void whatIsMissingIsEmpty() {
        assertEquals(Optional.empty(), files().readText("proc/nothing"));
        assertEquals("a folder", Optional.empty(), files().readText("."));
        assertEquals(List.of(), files().readLines("proc/nothing"));
        assertEquals(OptionalLong.empty(), files().readNumber("proc/nothing"));
        assertEquals(List.of(), files().listNames("sys/class/hwmon", "*"));
        assertFalse(files().isPresent("sys"));
    }

    @Test
    public void namesAreInTheOrderOfTheirNumbers() throws IOException {
        for (String name : List.of("hwmon10", "hwmon2", "other")) {
            write("sys/class/hwmon/" + name + "/name", name);
        }
        assertEquals(List.of("hwmon2", "hwmon10"), files().listNames("sys/class/hwmon", "hwmon*"));
        assertTrue(files().isPresent("sys/class/hwmon"));
    }

    @Test
    public void theFilesOfThisMachineCanBeRead() {
        KernelFiles machine = new KernelFiles(Path.of("/"));
        assertTrue(machine.readLines("proc/meminfo").stream().anyMatch(line -> line.startsWith("MemTotal:")));
        assertTrue(machine.readText("proc/loadavg").isPresent());
    }
}
