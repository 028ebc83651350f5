package org.catseye.web.rest.dispatch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.targets.Target;

/**
 * A path below a target, in its parts as they stand in the request line.
 *
 * @param subPath what follows the resource's name: empty, or begins with a slash
 */
record TargetPath(String targetId, String resource, String subPath) {

    static final String PREFIX = "/api/v1/targets/";
    static final String RESOURCE_PATTERN = "[A-Za-z0-9][A-Za-z0-9.-]{0,63}";

    private static final int MAX_LENGTH = 1024;
    /** Neither empty nor dots alone; no encoded byte that has a meaning in a path: control characters, percent sign, dot, slash, semicolon, backslash. */
    private static final String SUB_SEGMENT = "/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,:=@-]|%(?!25|2[EeFf]|3[Bb]|5[Cc]|[01]|7[Ff])[0-9A-Fa-f]{2})++";
    private static final Pattern PATH =
            Pattern.compile(Pattern.quote(PREFIX) + "(" + Target.ID_PATTERN + ")/(" + RESOURCE_PATTERN + ")((?:" + SUB_SEGMENT + ")*+)");

    /** @return empty if nothing can be served at the path */
    static Optional<TargetPath> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        return path.length() <= MAX_LENGTH && matcher.matches()
                ? Optional.of(new TargetPath(matcher.group(1), matcher.group(2), matcher.group(3))) : Optional.empty();
    }
}
