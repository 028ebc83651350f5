package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.structure.options.OptionTables;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The option tables in the bundles' README files against the forms in the built jars. */
public class OptionTableTest {

    private static final Path REPOSITORY = Path.of(System.getProperty("catseye.dist")).resolve("repository");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final OptionTables tables = new OptionTables(Path.of(System.getProperty("catseye.root")), REPOSITORY);

    @Test
    public void theTablesAreThoseOfTheForms() throws IOException {
        assertEquals("./dev docs writes them anew", Set.of(), tables.findOutdated().keySet());
    }

    @Test
    public void eachReadmeOfABundleWithOptionsHasATable() throws IOException {
        assertEquals("add <!-- options --> and <!-- /options -->", List.of(), tables.findWithoutTable());
    }

    @Test
    public void anOldTableIsReplacedAndTheTextAroundItStays() throws IOException {
        Path readme = writeBundle("# Gate\n\n<!-- options -->\nold\n<!-- /options -->\nend\n");
        Map<Path, String> outdated = new OptionTables(folder.getRoot().toPath(), REPOSITORY).findOutdated();
        String text = outdated.get(readme);
        assertTrue(text, text.startsWith("# Gate\n\n<!-- options -->\n`org.catseye.web.gate`:\n\n| option |") && text.endsWith("\n<!-- /options -->\nend\n"));
        assertTrue(text, text.contains("\n| `strictTransportDays` | integer | `0` | 0 to 730 |"));
        assertFalse(text, text.contains("old\n"));
        Files.writeString(readme, text);
        assertEquals(Map.of(), new OptionTables(folder.getRoot().toPath(), REPOSITORY).findOutdated());
    }

    @Test
    public void aReadmeWithoutAPlaceForTheTableIsFound() throws IOException {
        assertEquals(List.of(writeBundle("# Gate\n")), new OptionTables(folder.getRoot().toPath(), REPOSITORY).findWithoutTable());
    }

    private Path writeBundle(String readme) throws IOException {
        Path module = Files.createDirectories(folder.getRoot().toPath().resolve("bundles/web/gate"));
        Files.copy(Path.of(System.getProperty("catseye.root")).resolve("bundles/web/gate/pom.xml"), module.resolve("pom.xml"));
        return Files.writeString(module.resolve("README.md"), readme);
    }
}
