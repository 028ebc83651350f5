package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * Describes a change in the web console for the audit log: the bundle or configuration and the requested action. Only names are
 * read, never a value of a configuration, because it may be a secret.
 */
final class Asked {

    private static final int LONGEST = 120;
    /** Matches a path in the way the console parses it. The last group may contain slashes. */
    private static final Pattern PLACE = Pattern.compile(".*?/(bundles|configMgr)(?:/(.*?))?/?", Pattern.DOTALL);
    private static final String PARAMETERS = ";[^/]*";

    private final LongFunction<Bundle> bundles;

    /** @param bundles returns the bundle with an id; null if there is none */
    Asked(LongFunction<Bundle> bundles) {
        this.bundles = bundles;
    }

    /** Returns the details for the audit log. May read the body of a form; the console can still read its fields afterwards. */
    Map<String, String> of(HttpServletRequest request) {
        Map<String, String> facts = new TreeMap<>();
        String asked = parts(request) ? "upload" : field(request, "action").orElse("");
        Matcher place = place(request);
        if (place.matches()) {
            Optional<String> last = Optional.ofNullable(place.group(2)).filter(text -> !text.isEmpty());
            if (place.group(1).equals("bundles")) {
                last.ifPresent(name -> bundle(name, facts));
            } else {
                asked = configuration(request, last, facts);
            }
        }
        if (!asked.isEmpty()) {
            facts.put("asked", clean(asked));
        }
        return facts;
    }

    /**
     * Whether the request has its fields in a multipart body, which only an upload needs. The console would read these fields,
     * but the audit log would not contain them.
     */
    static boolean hidden(HttpServletRequest request) {
        Matcher place = place(request);
        return parts(request) && place.matches() && (place.group(1).equals("configMgr") || place.group(2) != null);
    }

    static boolean parts(HttpServletRequest request) {
        return Optional.ofNullable(request.getContentType()).orElse("").strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static Matcher place(HttpServletRequest request) {
        return PLACE.matcher(decoded(request.getRequestURI().replaceAll(PARAMETERS, "")));
    }

    private void bundle(String name, Map<String, String> facts) {
        Bundle bundle = name.matches("\\d{1,18}") ? bundles.apply(Long.parseLong(name)) : null;
        facts.put("bundle", clean(bundle == null ? name : Optional.ofNullable(bundle.getSymbolicName()).orElseGet(bundle::getLocation)));
        if (bundle != null) {
            facts.put("version", clean(bundle.getVersion().toString()));
        }
    }

    /** @return the requested action; empty if the form is only displayed, for which the console also uses POST */
    private static String configuration(HttpServletRequest request, Optional<String> last, Map<String, String> facts) {
        field(request, "pid").or(() -> last).ifPresent(pid -> facts.put("pid", clean(pid)));
        field(request, "factoryPid").ifPresent(factory -> facts.put("factory", clean(factory)));
        if (field(request, "apply").isPresent()) {
            return field(request, "delete").isPresent() ? "delete" : "change";
        }
        return field(request, "unbind").isPresent() ? "unbind" : field(request, "create").isPresent() ? "create" : "";
    }

    private static Optional<String> field(HttpServletRequest request, String name) {
        // An upload is left for the console to read. If the body is neither an upload nor a form, both sides read only the query.
        if (parts(request)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(request.getParameter(name)).filter(value -> !value.isBlank());
        } catch (RuntimeException broken) {
            // The console has the same problem and responds to it.
            return Optional.empty();
        }
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return path;
        }
    }

    /** Makes the text a single short line. */
    static String clean(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
