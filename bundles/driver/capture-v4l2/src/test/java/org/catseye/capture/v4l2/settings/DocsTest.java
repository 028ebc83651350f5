package org.catseye.capture.v4l2.settings;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.capture.v4l2.kernel.PictureControl;
import org.junit.Test;

/** Compares docs/capture-v4l2.md with the form and with the parser of configurations. */
public class DocsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\| (?:`(.*?)`)? ?\\|");
    private static final Pattern SAMPLE = Pattern.compile("(?s)```\n(kvm\\.target.*?)```");

    @Test
    public void tableListsEveryOptionWithItsDefault() throws Exception {
        Map<String, String> form = new TreeMap<>();
        for (Method method : V4l2Config.class.getDeclaredMethods()) {
            if (!method.getName().startsWith("webconsole")) {
                form.put(method.getName().replace('_', '.'), method.getDefaultValue().toString());
            }
        }
        Map<String, String> table = new TreeMap<>();
        Matcher rows = ROW.matcher(readPage());
        while (rows.find()) {
            table.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
        }
        assertEquals(form, table);
    }

    @Test
    public void sampleIsAValidConfiguration() throws Exception {
        Matcher sample = SAMPLE.matcher(readPage());
        sample.find();
        Map<String, Object> properties = new HashMap<>();
        sample.group(1).lines().map(line -> line.split(" = ", 2)).forEach(pair -> properties.put(pair[0], pair[1]));
        Settings settings = Settings.parseSettings(properties);
        assertEquals("1-1.3", settings.device().text());
        assertEquals(1280, settings.width());
        assertEquals(Map.of(PictureControl.BRIGHTNESS, 0), settings.controls());
    }

    private static String readPage() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/capture-v4l2.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/capture-v4l2.md"));
    }
}
