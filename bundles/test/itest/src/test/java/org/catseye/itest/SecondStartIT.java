package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** A home has one Catseye: a second start is refused in words and takes nothing from the first. */
public class SecondStartIT {

    @Test
    public void aSecondStartInAHomeInUseIsRefusedAndTouchesNothing() throws Exception {
        try (Started first = new Started(Map.of())) {
            List<Path> archives = List.of(first.home().resolve("cache/classes.good"), first.home().resolve("cache/classes-1.new"));
            Files.write(archives.get(1), new byte[0]);
            assertTrue("the launcher's mark", Files.exists(archives.get(0)));
            Process second = new ProcessBuilder(Path.of(System.getProperty("catseye.dist"), "bin/catseye").toString(), "--port", "0", "--home", first.home().toString())
                    .redirectErrorStream(true).start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(said, second.waitFor(30, TimeUnit.SECONDS));
            assertEquals(said, 2, second.exitValue());
            assertTrue(said, said.contains("in use by another Catseye"));
            assertEquals("one line", 1, said.lines().count());
            for (Path archive : archives) {
                assertTrue(archive + " is gone", Files.exists(archive));
            }
            assertTrue(first.alive());
        }
    }
}
