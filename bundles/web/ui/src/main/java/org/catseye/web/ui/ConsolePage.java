package org.catseye.web.ui;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;

/**
 * Inserts the modules of plug-ins into the console page: an import map, which maps {@code catseye/} to the page's own modules, and a script
 * tag for each module. Addresses are relative to the page, so that they also fit a base path.
 */
final class ConsolePage {

    static final String PLACEHOLDER = "<!-- catseye:importmap -->";
    static final String IMPORT_MAP = "{\"imports\":{\"catseye/\":\"./ui/\"}}";

    /** An import map has to be inline, so the policy allows this one by its hash. */
    private static final String SOURCES = "script-src 'self' 'sha256-"
            + Base64.getEncoder().encodeToString(Asset.hashContent(IMPORT_MAP.getBytes(StandardCharsets.UTF_8))) + "'";

    private ConsolePage() {
    }

    static Asset insertModules(Asset template, Collection<String> modules) {
        StringBuilder scripts = new StringBuilder("<script type=\"importmap\">" + IMPORT_MAP + "</script>");
        modules.forEach(module -> scripts.append("\n  <script type=\"module\" src=\".").append(module).append("\"></script>"));
        String page = new String(template.content(), StandardCharsets.UTF_8).replace(PLACEHOLDER, scripts);
        return Asset.ofContent("index.html", page.getBytes(StandardCharsets.UTF_8));
    }

    /** The gate's content security policy, which allows no inline scripts, with the import map added. */
    static String extendPolicy(String gatePolicy) {
        return gatePolicy.replace("script-src 'self'", SOURCES);
    }
}
