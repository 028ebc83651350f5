package org.catseye.core.deploy.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.core.deploy.jar.PackageNames;

/** A clause of a header such as Import-Package: names, attributes and directives (OSGi Core, 3.2.3). */
record HeaderClause(List<String> names, Map<String, String> attributes, Map<String, String> directives) {

    private static final Pattern PARAMETER = Pattern.compile("([\\w.-]+)\\s*(:=|(?::[\\w<>]+)?=)\\s*(.*)", Pattern.DOTALL);

    static List<HeaderClause> parseHeader(String header) {
        return PackageNames.splitClauses(header).stream().map(HeaderClause::parseClause).toList();
    }

    private static HeaderClause parseClause(String clause) {
        List<String> names = new ArrayList<>();
        Map<String, String> attributes = new HashMap<>();
        Map<String, String> directives = new HashMap<>();
        for (String part : PackageNames.splitParameters(clause)) {
            Matcher parameter = PARAMETER.matcher(part);
            if (parameter.matches()) {
                (parameter.group(2).equals(":=") ? directives : attributes).put(parameter.group(1), unquote(parameter.group(3)));
            } else {
                names.add(part);
            }
        }
        return new HeaderClause(names, attributes, directives);
    }

    private static String unquote(String value) {
        String text = value.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    boolean isOptional() {
        return "optional".equals(directives.get("resolution")) || "dynamic".equals(directives.get("resolution"));
    }

    /** Whether the framework checks it when the bundle is resolved. Other requirements describe services, for example. */
    boolean isEffectiveAtResolve() {
        return "resolve".equals(directives.getOrDefault("effective", "resolve"));
    }
}
