package org.catseye.web.gate.request;

import java.util.Set;
import org.catseye.http.RequestHeads;

/** Which paths are well-formed, and which are public. Looks at the path as it is in the request line. */
public final class PathRules {

    private static final int MAX_LENGTH = 2048;
    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD");
    private static final Set<String> PUBLIC_TO_READ = Set.of("/login", "/setup", "/favicon.ico", "/api/v1/health");
    private static final Set<String> PUBLIC_TO_POST = Set.of("/api/v1/session", "/api/v1/setup");
    /** DSP0266: the service root and the descriptions of the service. */
    private static final Set<String> REDFISH_TO_READ = Set.of("/redfish", "/redfish/v1", "/redfish/v1/odata", "/redfish/v1/$metadata");
    /** A login. */
    private static final Set<String> REDFISH_TO_POST = Set.of("/redfish/v1/SessionService/Sessions", "/redfish/v1/SessionService/Sessions/Members");
    private static final String PUBLIC_ASSETS = "/ui/public/";

    private PathRules() {
    }

    /**
     * Whether no two programs could read the path differently: no empty or dot segments, no path parameters, and a percent sign only before a byte
     * that has no meaning in a path.
     */
    public static boolean isWellFormed(String path) {
        if (!path.startsWith("/") || path.length() > MAX_LENGTH || path.contains("//")) {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                if (!isHarmlessEscape(path, i)) {
                    return false;
                }
            } else if (!isNameCharacter(c) && "/!$&'()*+,:=@~".indexOf(c) < 0) {
                return false;
            }
        }
        return !(path + "/").contains("/./") && !(path + "/").contains("/../");
    }

    private static boolean isHarmlessEscape(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(percent + 1), 16);
        int low = Character.digit(path.charAt(percent + 2), 16);
        int value = high * 16 + low;
        return high >= 0 && low >= 0 && value >= ' ' && value != 0x7f && "%./;\\".indexOf(value) < 0;
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    /** Whether a {@link #isWellFormed well-formed} path is served without a session. No other path is, whether it exists or not. */
    public static boolean isPublic(String method, String path) {
        if (READ_METHODS.contains(method)) {
            return PUBLIC_TO_READ.contains(path) || REDFISH_TO_READ.contains(withoutSlash(path)) || isPublicAsset(path);
        }
        return method.equals("POST") && (PUBLIC_TO_POST.contains(path) || REDFISH_TO_POST.contains(withoutSlash(path)));
    }

    /** Redfish clients end paths with a slash, or not. */
    private static String withoutSlash(String path) {
        return path.endsWith("/") && RequestHeads.isRedfish(path) ? path.substring(0, path.length() - 1) : path;
    }

    /** Plain names only, so that no decoding can lead elsewhere. */
    private static boolean isPublicAsset(String path) {
        return path.startsWith(PUBLIC_ASSETS) && path.chars().allMatch(c -> c == '/' || isNameCharacter((char) c));
    }
}
