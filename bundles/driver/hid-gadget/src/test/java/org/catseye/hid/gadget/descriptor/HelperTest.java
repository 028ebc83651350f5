package org.catseye.hid.gadget.descriptor;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catseye.hid.gadget.fake.FakeBoard;
import org.junit.Test;

/** The root helper and the driver must declare the same device, or each start would unplug the keyboard. */
public class HelperTest {

    private static final Path HELPER = Path.of("../../../bin/catseye-gadget");

    @Test
    public void theHelperDeclaresTheSameDeviceAsTheDriver() throws Exception {
        for (Profile profile : Profile.values()) {
            for (DriveSet drives : DriveSet.values()) {
                String plan = runHelper(0, "plan", profile.configValue(), drives.configValue());
                Gadget gadget = new Gadget("catseye", FakeBoard.IDENTITY, profile, drives, 250, 7);
                assertEquals(String.join("\n", gadget.formatPlanLines()) + "\n", plan);
                if (drives == profile.defaultDrives()) {
                    assertEquals(plan, runHelper(0, "plan", profile.configValue()));
                }
            }
        }
    }

    @Test
    public void invalidArgumentsAreNamedInTheMessage() throws Exception {
        assertEquals("catseye-gadget: no profile 'gaming': full, boot or keyboard-only\n", runHelper(2, "up", "--profile", "gaming"));
        assertEquals("catseye-gadget: no drives 'dvd': auto, none, cd, disk or cd-and-disk\n", runHelper(2, "up", "--drives", "dvd"));
        assertEquals("catseye-gadget: unknown option '--fast'; see catseye-gadget --help\n", runHelper(2, "up", "--fast"));
        assertEquals("catseye-gadget: unknown command 'sideways'; see catseye-gadget --help\n", runHelper(2, "sideways"));
        assertEquals("catseye-gadget: --group needs a value\n", runHelper(2, "up", "--group"));
        assertTrue(runHelper(0).startsWith("usage: catseye-gadget"));
    }

    private static String runHelper(int expected, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", HELPER.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(output, expected, process.waitFor());
        return output;
    }
}
