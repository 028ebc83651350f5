package org.catseye.core.deploy.jar;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Splits headers of a manifest into clauses, and finds the package names in them. */
public final class PackageNames {

    private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]++|\"[^\"]*+\")++");
    private static final Pattern PARAMETER = Pattern.compile("(?:[^;\"]++|\"[^\"]*+\")++");

    private PackageNames() {
    }

    /** Splits at commas that are not quoted. */
    public static Set<String> splitClauses(String header) {
        return CLAUSE.matcher(header).results().map(found -> found.group().strip()).filter(clause -> !clause.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Splits a clause at semicolons that are not quoted. */
    public static List<String> splitParameters(String clause) {
        return PARAMETER.matcher(clause).results().map(found -> found.group().strip()).filter(part -> !part.isEmpty()).toList();
    }

    /** The packages in a header such as Import-Package. A clause may have several, separated by semicolons. */
    public static Set<String> listPackages(String header) {
        return splitClauses(header).stream().flatMap(clause -> splitParameters(clause).stream())
            .filter(part -> part.indexOf('=') < 0).collect(Collectors.toCollection(TreeSet::new));
    }
}
