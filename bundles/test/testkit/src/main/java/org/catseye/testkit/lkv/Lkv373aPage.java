package org.catseye.testkit.lkv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The web page of an LKV373A on the loopback interface, as its users drive it by scripts: a form that shows the settings, and
 * {@code /dev/info.cgi?action=...} that takes them. An action takes effect only if all its parameters are there. HTTP/1.0 without a
 * length, one connection after the other.
 */
public final class Lkv373aPage implements AutoCloseable {

    private static final List<String> STREAM = List.of("udp", "rtp", "multicast", "unicast", "mcastaddr", "port");
    private static final List<String> VIDEO = List.of("videoin_res", "videoin_frate", "videoout_fhd", "videoout_hd", "videoout_brate_fhd",
        "videoout_brate_hd", "videoout_brate_sd");

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final Lkv373aEmulator box;
    private final Wire wire;
    private final Map<String, String> settings = new TreeMap<>(Map.of("videoin_res", "1920x1080_60P", "videoin_frate", "60", "videoout_fhd", "1",
        "videoout_hd", "2", "videoout_brate_fhd", "15000", "videoout_brate_hd", "12000", "videoout_brate_sd", "4000"));
    private volatile int status = 200;
    private volatile boolean bare;

    /** @param box its stream is what is set; @param wire how it is sent */
    public Lkv373aPage(Lkv373aEmulator box, Wire wire) throws IOException {
        this.box = box;
        this.wire = wire;
        Thread thread = new Thread(this::serve, "lkv373a-page");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Answers everything with this HTTP status from now on. */
    public void status(int code) {
        status = code;
    }

    /** From now on the page shows none of its settings. */
    public void bare() {
        bare = true;
    }

    /** What is set now. */
    public synchronized Map<String, String> settings() {
        return new TreeMap<>(settings);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(2000);
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String request = in.readLine();
                for (String line = in.readLine(); line != null && !line.isEmpty();) {
                    line = in.readLine();
                }
                String body = request == null ? "" : answer(request.split(" ")[1]);
                socket.getOutputStream().write(("HTTP/1.0 " + status + " X\r\nContent-Type: text/html\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException | IndexOutOfBoundsException e) {
                // One that only looked whether somebody is there, or the end.
                continue;
            }
        }
    }

    private synchronized String answer(String path) {
        if (status != 200) {
            return "";
        }
        Map<String, String> query = query(path);
        String action = query.remove("action");
        if (action == null) {
            return "<html><form>" + (bare ? "" : form()) + "</form></html>";
        }
        if (action.equals("streaminfo") && query.keySet().containsAll(STREAM)) {
            stream(query);
        }
        if (action.equals("streaminfo") && query.keySet().containsAll(STREAM) || action.equals("videoinfo") && query.keySet().containsAll(VIDEO)) {
            settings.putAll(query);
        }
        return "<html>ok</html>";
    }

    private String form() {
        StringBuilder form = new StringBuilder();
        settings.forEach((name, value) -> form.append("<INPUT type='text' value=\"").append(value).append("\" name=").append(name).append(">\n"));
        return form.toString();
    }

    private void stream(Map<String, String> query) {
        try {
            box.sendTo(new InetSocketAddress(InetAddress.getByName(query.get("mcastaddr")), Integer.parseInt(query.get("port"))));
            wire.rtp(query.get("rtp").equals("y"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> query(String path) {
        Map<String, String> query = new LinkedHashMap<>();
        int mark = path.indexOf('?');
        for (String each : mark < 0 ? new String[0] : path.substring(mark + 1).split("&")) {
            String[] parts = each.split("=", 2);
            query.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return query;
    }
}
