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
 * What a change of the console acts upon, in words for the record: which bundle, which configuration, and what is asked of it. Only names are
 * looked at, never a value of a configuration, which may be a secret.
 */
final class Asked {

    private static final int LONGEST = 120;
    private static final Pattern PLACE = Pattern.compile(".*/(bundles|configMgr)(?:/([^/]*))?/?");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final LongFunction<Bundle> bundles;

    /** @param bundles gives the bundle of an id, null for none */
    Asked(LongFunction<Bundle> bundles) {
        this.bundles = bundles;
    }

    /** May read the body, if that is a form; the console then finds its fields as it would have. */
    Map<String, String> of(HttpServletRequest request) {
        Map<String, String> facts = new TreeMap<>();
        boolean upload = type(request).startsWith("multipart/");
        String asked = upload ? "upload" : field(request, "action").orElse("");
        Matcher place = PLACE.matcher(request.getRequestURI());
        if (place.matches()) {
            Optional<String> last = Optional.ofNullable(place.group(2)).filter(text -> !text.isEmpty()).map(Asked::decoded);
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

    private void bundle(String name, Map<String, String> facts) {
        Bundle bundle = name.matches("\\d{1,18}") ? bundles.apply(Long.parseLong(name)) : null;
        facts.put("bundle", clean(bundle == null ? name : Optional.ofNullable(bundle.getSymbolicName()).orElseGet(bundle::getLocation)));
        if (bundle != null) {
            facts.put("version", clean(bundle.getVersion().toString()));
        }
    }

    /** @return what is asked; empty if the form is only looked at, for which the console uses POST as well */
    private static String configuration(HttpServletRequest request, Optional<String> last, Map<String, String> facts) {
        field(request, "pid").or(() -> last).ifPresent(pid -> facts.put("pid", clean(pid)));
        field(request, "factoryPid").ifPresent(factory -> facts.put("factory", clean(factory)));
        if (field(request, "apply").isPresent()) {
            return field(request, "delete").isPresent() ? "delete" : "change";
        }
        return field(request, "unbind").isPresent() ? "unbind" : field(request, "create").isPresent() ? "create" : "";
    }

    private static Optional<String> field(HttpServletRequest request, String name) {
        // What is no form is left for the console to read.
        if (!type(request).isEmpty() && !type(request).startsWith(FORM)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(request.getParameter(name)).filter(value -> !value.isBlank());
        } catch (RuntimeException broken) {
            // The console meets the same, and answers for it.
            return Optional.empty();
        }
    }

    private static String type(HttpServletRequest request) {
        return Optional.ofNullable(request.getContentType()).orElse("").strip().toLowerCase(Locale.ROOT);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return segment;
        }
    }

    /** On one line, and short. */
    static String clean(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
