package org.catseye.web.console.guard.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replacements for console files that do not work under its policy, because they call {@code eval} or write {@code javascript:}
 * URLs into the page, and a script that every page gets.
 */
final class OwnScripts {

    /** Our replacement files by path below the console. */
    private static final Map<String, String> REPLACED = Map.of(
            "/res/lib/jquery.tablesorter-2.0.3.js", "table-sort.js",
            "/res/lib/jquery.multifile-1.4.6.js", "several-files.js",
            "/res/ui/vmstat.js", "system-information.js",
            "/res/ui/license.js", "licences.js");

    /** The attribute handlers of the system information page, which our replacement file takes over. */
    private static final Pattern HANDLER = Pattern.compile(" onclick=\"(?:return confirm\\('[^'\"<>]{0,200}'\\);?|abort\\('[^'\"<>]{0,200}'\\))\"");

    private static final Pattern HEAD = Pattern.compile("<head(?:\\s[^<>]*)?>", Pattern.CASE_INSENSITIVE);
    /** Asks before something ends, and names the consequence. The policy allows scripts of this device. */
    private static final String QUESTIONS = "<script type=\"module\" src=\"%s/ui/public/console-confirm.js\"></script>";

    private OwnScripts() {
    }

    /** Removes the handlers that the console has in attributes, where they would not run. */
    static String withoutHandlers(String html) {
        return HANDLER.matcher(html).replaceAll("");
    }

    /** Adds the script that asks before a bundle, component or configuration ends. Parts of a page, which have no head, stay as they are. */
    static String addQuestions(String html, String basePath) {
        Matcher head = HEAD.matcher(html);
        return head.find() ? html.substring(0, head.end()) + QUESTIONS.formatted(basePath) + html.substring(head.end()) : html;
    }

    /**
     * @param path the path below the console
     * @return our replacement; empty if the console's own file works
     */
    static Optional<byte[]> of(String path) throws IOException {
        String name = REPLACED.get(path);
        if (name == null) {
            return Optional.empty();
        }
        try (InputStream in = OwnScripts.class.getResourceAsStream(name)) {
            return Optional.of(in.readAllBytes());
        }
    }
}
