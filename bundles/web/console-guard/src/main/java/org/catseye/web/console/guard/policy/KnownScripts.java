package org.catseye.web.console.guard.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifies the inline scripts of a page that belong to the console or to the plug-in that serves the page: those in an HTML
 * template of the bundle, and a few that are listed by hash because a plug-in has them in its code. All other scripts are unknown
 * and do not run.
 *
 * <p>A page consists of the console's head and one template. Scripts of two templates, or the same script twice, indicate that
 * known scripts were injected with other values; in that case none of them is accepted. Thread-safe.
 */
final class KnownScripts {

    /** A file of the console's bundle: the beginning of each page. */
    static final String HEAD = "/templates/main_header.html";

    private static final Logger LOG = LoggerFactory.getLogger(KnownScripts.class);
    private static final int MAX_TEMPLATE_BYTES = 256 << 10;
    private static final int MAX_TEMPLATES = 100;
    private static final int MAX_SCRIPTS = 32;

    private record Version(long bundle, long modified) {
    }

    /** An HTML file. */
    private record Template(String path, List<ScriptTemplate> scripts) {

        boolean isHead() {
            return path.endsWith(HEAD);
        }

        boolean knows(InlineScript script) {
            return scripts.stream().anyMatch(one -> one.matches(script));
        }

        /** Whether all of these scripts are from this file and none occurs twice. */
        boolean covers(List<InlineScript> all) {
            return all.stream().allMatch(this::knows) && scripts.stream().noneMatch(one -> all.stream().filter(one::matches).count() > 1);
        }
    }

    private final Function<String, Set<Bundle>> sources;
    private final Set<String> listed;
    private final Map<Version, List<Template>> templates = new ConcurrentHashMap<>();

    /**
     * Creates the list of known scripts.
     *
     * @param sources returns the bundles that contribute to a page: the console, and the plug-in with this label if it is another
     *     bundle
     * @param listed hashes of further scripts, in the format of the policy
     */
    KnownScripts(Function<String, Set<Bundle>> sources, Set<String> listed) {
        this.sources = sources;
        this.listed = Set.copyOf(listed);
    }

    /**
     * The hashes of the scripts on a page that may run.
     *
     * @param label name of the page in the console
     * @param html the complete page
     */
    List<String> hashes(String label, String html) {
        List<InlineScript> scripts = InlineScript.of(html);
        if (scripts.isEmpty() || scripts.size() > MAX_SCRIPTS) {
            return List.of();
        }
        List<Template> all = templates(label);
        List<InlineScript> found = new ArrayList<>(ofOneTemplate(scripts, all.stream().filter(Template::isHead).toList()));
        found.addAll(ofOneTemplate(scripts, all.stream().filter(one -> !one.isHead()).toList()));
        scripts.stream().filter(script -> listed.contains(script.hash())).forEach(found::add);
        return found.stream().map(InlineScript::hash).distinct().toList();
    }

    private static List<InlineScript> ofOneTemplate(List<InlineScript> scripts, List<Template> templates) {
        List<InlineScript> known = scripts.stream().filter(script -> templates.stream().anyMatch(one -> one.knows(script))).toList();
        return templates.stream().anyMatch(one -> one.covers(known)) ? known : List.of();
    }

    private List<Template> templates(String label) {
        // Old versions stay in the map, because plug-in updates are rare and templates are small.
        return sources.apply(label).stream()
                .flatMap(bundle -> templates.computeIfAbsent(new Version(bundle.getBundleId(), bundle.getLastModified()), version -> read(bundle)).stream()).toList();
    }

    private static List<Template> read(Bundle bundle) {
        List<Template> found = new ArrayList<>();
        List<URL> files = Optional.ofNullable(bundle.findEntries("/", "*.html", true)).map(Collections::list).orElseGet(ArrayList::new);
        for (URL file : files.subList(0, Math.min(files.size(), MAX_TEMPLATES))) {
            try (InputStream in = file.openStream()) {
                String html = new String(in.readNBytes(MAX_TEMPLATE_BYTES), StandardCharsets.UTF_8);
                found.add(new Template(file.getPath(), InlineScript.of(html).stream().flatMap(script -> ScriptTemplate.of(script).stream()).toList()));
            } catch (IOException e) {
                LOG.warn("The template {} of {} cannot be read; its scripts will not run in the web console", file, bundle.getSymbolicName(), e);
            }
        }
        return found;
    }

    /** Reads the list of hashes. Each line has a hash and a description of its script. */
    static Set<String> list() {
        try (InputStream in = KnownScripts.class.getResourceAsStream("known-scripts.txt")) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")).filter(line -> line.startsWith("sha256-"))
                    .map(line -> line.split(" ", 2)[0]).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
