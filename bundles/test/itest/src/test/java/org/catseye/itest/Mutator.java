package org.catseye.itest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Bends well-formed requests at random, always the same way for the same seed. Half of the bends are of bytes, half are of what the bytes mean. */
final class Mutator {

    private static final List<String> NASTY = List.of("", " ", "\u0000", "\r\n", "\n\n", "%00", "%0d%0a", "../", "/..;/", "//", "\\", "'", "\"", "<script>", "${jndi:ldap://127.0.0.1/x}", "{{7*7}}",
            "' OR '1'='1", "\u00ff\u00fe", "\ud83d\ude00", "A".repeat(5000), "9".repeat(400), "-1", "4294967296", "NaN", "null", "true", "[[[[[[[[", "{\"a\":".repeat(50), "0x10",
            "chunked", "identity", "gzip", "text/html", "http://evil.example", "evil.example", "127.0.0.1, 10.0.0.1", "for=\"[::1]\"", "Bearer ", "Bearer x", "Basic YWRtaW46YWRtaW4=",
            "catseye-session=", "catseye-session=x; catseye-session=y", "$Version=1; catseye-session=\"a", "admin", "admin\u0000", "websocket", "Upgrade, close", "100-continue", "bytes=0-", "HTTP/2.0");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PRI", "get", "P\u00d6ST", "");
    private static final List<String> PATHS = List.of("/", "/login", "/setup", "/favicon.ico", "/metrics", "/ui/public/theme.css", "/ui/ui/console.js", "/api/v1/health", "/api/v1/session", "/api/v1/setup",
            "/api/v1/targets", "/api/v1/targets/default/control", "/api/v1/targets/default/video", "/api/v1/targets/default/video.mjpeg", "/api/v1/targets/default/snapshot.jpeg", "/api/v1/users",
            "/api/v1/users/admin/password", "/api/v1/tokens", "/api/v1/audit", "/api/v1/openapi.json", "/system/console", "/system/console/bundles", "/system/console/install", "*", "/../../etc/passwd",
            "/redfish", "/redfish/v1", "/redfish/v1/$metadata", "/redfish/v1/Systems", "/redfish/v1/Systems/default/VirtualMedia", "/redfish/v1/SessionService/Sessions");
    private static final List<String> LOGINS = List.of("/api/v1/session", "/api/v1/setup", "/redfish/v1/SessionService/Sessions");
    private static final List<String> HEADERS = List.of("Host", "Origin", "Cookie", "Authorization", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Accept",
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-HTTP-Method-Override", "Range", "If-None-Match", "Sec-WebSocket-Key", "Sec-WebSocket-Version",
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Content-Encoding", "Accept-Language", "TE", "HTTP2-Settings", "X-Auth-Token", "OData-Version");
    private static final List<String> BODIES = List.of("{\"user\":\"admin\",\"password\":\"wrong wrong wrong\"}", "{\"user\":\"admin\",\"password\":\"wrong wrong wrong\",\"otp\":\"123456\"}",
            "{\"token\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"password\":\"three odd words\"}",
            "{\"UserName\":\"admin\",\"Password\":\"wrong wrong wrong\"}", "{}", "[]", "\"\"", "user=admin&password=x", "");

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    byte[] next(String host) {
        StringBuilder head = new StringBuilder();
        boolean login = random.nextInt(3) == 0;
        String body = random.nextInt(4) == 0 ? any(NASTY) : any(BODIES);
        head.append(login ? "POST" : any(METHODS)).append(' ').append(login ? any(LOGINS) : any(PATHS));
        if (random.nextInt(4) == 0) {
            head.append(any(List.of("?", ";", "/", "#", "%", ""))).append(any(NASTY));
        }
        head.append(random.nextInt(20) == 0 ? " HTTP/" + random.nextInt(4) + "." + random.nextInt(4) : " HTTP/1.1").append("\r\n");
        if (random.nextInt(10) != 0) {
            head.append("Host: ").append(random.nextInt(16) == 0 ? any(NASTY) : host).append("\r\n");
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            head.append(any(HEADERS)).append(random.nextInt(20) == 0 ? any(List.of("", " ", " :", "\t:")) : ": ").append(any(NASTY)).append("\r\n");
        }
        if (random.nextInt(5) != 0) {
            head.append("Content-Type: application/json\r\nContent-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n").append(body);
        byte[] whole = head.toString().getBytes(StandardCharsets.UTF_8);
        return random.nextInt(5) == 0 ? bent(whole) : whole;
    }

    /** Some bytes changed, left out or doubled; perhaps cut off. */
    private byte[] bent(byte[] request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rate = 20 + random.nextInt(400);
        int end = random.nextInt(8) == 0 ? random.nextInt(request.length + 1) : request.length;
        for (int i = 0; i < end; i++) {
            switch (random.nextInt(rate)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> { }
                case 2 -> out.writeBytes(new byte[] {request[i], request[i]});
                default -> out.write(request[i]);
            }
        }
        return out.toByteArray();
    }
}
