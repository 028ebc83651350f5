package org.catseye.web.gate;

import java.util.Set;

/** Which paths are well-formed, and which are open to everybody. Looks at the path as it stands in the request line. */
final class Paths {

    private static final int LONGEST = 2048;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> OPEN_TO_READ = Set.of("/login", "/setup", "/favicon.ico", "/api/v1/health");
    private static final Set<String> OPEN_TO_POST = Set.of("/api/v1/session", "/api/v1/setup");
    private static final String OPEN_ASSETS = "/ui/public/";

    private Paths() {
    }

    /**
     * Without anything that two programs could read in two ways: no empty or dot segments, no path parameters, and a percent sign
     * only before a byte that means nothing in a path.
     */
    static boolean clean(String path) {
        if (!path.startsWith("/") || path.length() > LONGEST || path.contains("//")) {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                if (!harmless(path, i)) {
                    return false;
                }
            } else if (!plain(c) && "/!$&'()*+,:=@~".indexOf(c) < 0) {
                return false;
            }
        }
        return !(path + "/").contains("/./") && !(path + "/").contains("/../");
    }

    private static boolean harmless(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(percent + 1), 16);
        int low = Character.digit(path.charAt(percent + 2), 16);
        int value = high * 16 + low;
        return high >= 0 && low >= 0 && value >= ' ' && value != 0x7f && "%./;\\".indexOf(value) < 0;
    }

    private static boolean plain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    /** What is served without a session, if it is {@link #clean}. All else is not, whether it exists or not. */
    static boolean open(String method, String path) {
        if (READING.contains(method)) {
            return OPEN_TO_READ.contains(path) || openAsset(path);
        }
        return method.equals("POST") && OPEN_TO_POST.contains(path);
    }

    /** Plain names only, so that no decoding can lead elsewhere. */
    private static boolean openAsset(String path) {
        return path.startsWith(OPEN_ASSETS) && path.chars().allMatch(c -> c == '/' || plain((char) c));
    }
}
