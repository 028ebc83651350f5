package org.catseye.structure.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables between {@code <!-- options -->} and {@code <!-- /options -->} in the bundles' README files. A form in the web console and its table
 * in the README come from one place, the annotation in the source.
 */
public final class OptionTables {

    private static final String BEGIN = "<!-- options -->";
    private static final String END = "<!-- /options -->";
    private static final Pattern BLOCK = Pattern.compile(Pattern.quote(BEGIN) + ".*?" + Pattern.quote(END), Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(org\\.catseye\\.[a-z0-9.]+)</artifactId>\\s*(?:<packaging>|<name>|<description>|<properties>)");

    private final Path root;
    private final Path repository;

    /**
     * @param root of the sources
     * @param repository of a built distribution, in Maven's layout
     */
    public OptionTables(Path root, Path repository) {
        this.root = root;
        this.repository = repository;
    }

    /** Writes the tables: arguments are the root of the sources and the folder of a built distribution. */
    public static void main(String[] arguments) throws IOException {
        OptionTables tables = new OptionTables(Path.of(arguments[0]), Path.of(arguments[1], "repository"));
        for (Map.Entry<Path, String> file : tables.findOutdated().entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
            System.out.println("written: " + file.getKey());
        }
    }

    /** README files whose text has to change, with the text they should have. */
    public Map<Path, String> findOutdated() throws IOException {
        Map<Path, String> outdated = new TreeMap<>();
        for (Path readme : findReadmes()) {
            String text = Files.readString(readme);
            String right = replaceTable(text, createTable(readme.getParent()));
            if (!right.equals(text)) {
                outdated.put(readme, right);
            }
        }
        return outdated;
    }

    /** README files of bundles that have options, but no place for their table. */
    public List<Path> findWithoutTable() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path readme : findReadmes()) {
            if (!createTable(readme.getParent()).isEmpty() && !BLOCK.matcher(Files.readString(readme)).find()) {
                found.add(readme);
            }
        }
        return found;
    }

    /** The bundles under bundles/test are not shipped and have no options. */
    private List<Path> findReadmes() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("bundles"), 3)) {
            return files.filter(file -> file.endsWith("README.md") && !file.startsWith(root.resolve("bundles/test")) && Files.isRegularFile(file.resolveSibling("pom.xml"))).sorted().toList();
        }
    }

    private static String replaceTable(String text, String table) {
        return BLOCK.matcher(text).replaceFirst(Matcher.quoteReplacement(BEGIN + "\n" + table + END));
    }

    private String createTable(Path module) throws IOException {
        StringBuilder table = new StringBuilder();
        for (MetatypeReader.Form form : MetatypeReader.readForms(findJar(module))) {
            table.append("`").append(form.pid()).append(form.factory() ? "~<name>" : "").append("`:\n\n| option | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
            form.options().forEach(option -> table.append(createRow(option)));
            table.append("\n");
        }
        return table.toString();
    }

    private static String createRow(MetatypeReader.Option option) {
        String defaultText = option.defaultText().isEmpty() ? "" : "`" + option.defaultText() + "`";
        return "| `" + option.key() + "` | " + option.type() + " | " + escape(defaultText) + " | " + escape(option.allowed()) + " | " + escape(option.description()) + " |\n";
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }

    private Path findJar(Path module) throws IOException {
        Matcher artifact = ARTIFACT.matcher(Files.readString(module.resolve("pom.xml")));
        if (!artifact.find()) {
            throw new IOException(module + "/pom.xml names no bundle");
        }
        try (Stream<Path> files = Files.walk(repository.resolve("org/catseye").resolve(artifact.group(1)))) {
            return files.filter(file -> file.toString().endsWith(".jar")).findFirst()
                    .orElseThrow(() -> new IOException("the distribution has no " + artifact.group(1)));
        }
    }
}
