package org.catseye.structure;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/** The enum {@code Permission} is the list of all rights. Each place outside of Java that has to describe a right is here, and fails if one is missing. */
public class PermissionPlacesTest {

    private static final Path ROOT = Path.of(System.getProperty("catseye.root"));
    private static List<String> names;

    /** From the source, so that this module needs no other. */
    @BeforeClass
    public static void readPermissions() throws IOException {
        names = findAll("(?m)^    ([A-Z_]+)\\((?:true|false)", read("bundles/api/src/main/java/org/catseye/access/Permission.java"));
        assertTrue(names.toString(), names.containsAll(List.of("VIEW", "CONTROL", "ADMIN")));
    }

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    @Test
    public void openApiListsAllRightsWhereverItListsRights() throws IOException {
        List<List<String>> lists = Pattern.compile("\"enum\": \\[([^\\]]*\"VIEW\"[^\\]]*)\\]")
                .matcher(read("bundles/web/rest/src/main/resources/org/catseye/web/rest/openapi/openapi.json")).results()
                .map(match -> findAll("\"(\\w+)\"", match.group(1))).toList();
        assertTrue("there are lists of rights", lists.size() >= 2);
        lists.forEach(list -> assertEquals(names, list));
    }

    @Test
    public void thePageHasEachRight() throws IOException {
        assertEquals(names, findAll("(?m)^  ([A-Z_]+): \\{ name: 'right\\.", read("web-ui/ui/rights.js")));
        String type = findAll("@typedef \\{([^}]*'VIEW'[^}]*)\\} Permission", read("web-ui/protocol/access-api.js")).get(0);
        assertEquals(names, findAll("'(\\w+)'", type));
    }

    @Test
    public void eachLanguageNamesAndExplainsEachRight() throws IOException {
        List<String> missing = new ArrayList<>();
        try (Stream<Path> languages = Files.list(ROOT.resolve("web-ui/public/messages"))) {
            List<Path> files = languages.filter(file -> file.toString().endsWith(".js")).toList();
            assertTrue(files.toString(), files.size() >= 2);
            for (Path file : files) {
                String messages = Files.readString(file);
                for (String name : names) {
                    String key = "right." + toCamelCase(name);
                    Stream.of(key, key + "Meaning").filter(each -> !messages.contains("'" + each + "':")).forEach(each -> missing.add(file + " " + each));
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    public void theSecurityPageHasATableRowForEachRight() throws IOException {
        String page = read("docs/security.md");
        String table = page.substring(page.indexOf("| right | allows | for |"));
        assertEquals(names, findAll("(?m)^\\| ([A-Z_]+) \\| [^|]+ \\| [^|]+ \\|$", table));
    }

    /** MEDIA_READ_ONLY is mediaReadOnly. */
    private static String toCamelCase(String name) {
        return Pattern.compile("_(.)").matcher(name.toLowerCase(Locale.ROOT)).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static List<String> findAll(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
