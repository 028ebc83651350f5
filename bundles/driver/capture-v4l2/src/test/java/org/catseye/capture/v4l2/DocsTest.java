package org.catseye.capture.v4l2;

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
import org.junit.Test;

/** Holds docs/capture-v4l2.md to the form and to the reader of configurations. */
public class DocsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\| (?:`(.*?)`)? ?\\|");
    private static final Pattern SAMPLE = Pattern.compile("(?s)```\n(kvm\\.target.*?)```");

    @Test
    public void theTableNamesEveryOptionWithItsDefault() throws Exception {
        Map<String, String> form = new TreeMap<>();
        for (Method method : V4l2Config.class.getDeclaredMethods()) {
            if (!method.getName().startsWith("webconsole")) {
                form.put(method.getName().replace('_', '.'), method.getDefaultValue().toString());
            }
        }
        Map<String, String> table = new TreeMap<>();
        Matcher rows = ROW.matcher(page());
        while (rows.find()) {
            table.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
        }
        assertEquals(form, table);
    }

    @Test
    public void theSampleIsAConfigurationThatWorks() throws Exception {
        Matcher sample = SAMPLE.matcher(page());
        sample.find();
        Map<String, Object> properties = new HashMap<>();
        sample.group(1).lines().map(line -> line.split(" = ", 2)).forEach(pair -> properties.put(pair[0], pair[1]));
        Settings settings = Settings.of(properties);
        assertEquals("1-1.3", settings.device().text());
        assertEquals(1280, settings.width());
        assertEquals(Map.of(Control.BRIGHTNESS, 0), settings.controls());
    }

    private static String page() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/capture-v4l2.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/capture-v4l2.md"));
    }
}
