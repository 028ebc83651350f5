package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.virtual.scene.SceneCode;
import org.junit.Test;

/** docs/virtual-target.md says what the code does. */
public class DocumentationTest {

    private static String page() throws Exception {
        return Files.readString(Path.of("../../../docs/virtual-target.md"));
    }

    @Test
    public void everyOptionIsInTheTableWithItsDefault() throws Exception {
        String page = page();
        for (Method attribute : VirtualTargetConfig.class.getDeclaredMethods()) {
            String row = "| `" + attribute.getName().replace('_', '.') + "` | `" + attribute.getDefaultValue() + "` |";
            assertTrue("a row that begins with " + row, page.contains(row));
        }
        assertEquals("and no other", VirtualTargetConfig.class.getDeclaredMethods().length,
            page.lines().filter(l -> l.startsWith("| `")).count());
    }

    @Test
    public void everySceneHasItsNumber() throws Exception {
        String page = page();
        for (SceneCode code : SceneCode.values()) {
            String words = code.ordinal() + " " + code.name().toLowerCase().replace('_', ' ');
            assertTrue(words, code == SceneCode.OFF || page.contains(words));
        }
    }
}
