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
 * Emulates the web page of an LKV373A on the loopback interface: a form that shows the settings, and
 * {@code /dev/info.cgi?action=...} that changes them. An action takes effect only if it has all its parameters. The server uses HTTP/1.0
 * without a length, and serves one connection after another.
 */
public final class Lkv373aPage implements AutoCloseable {

    private static final List<String> STREAM = List.of("udp", "rtp", "multicast", "unicast", "mcastaddr", "port");
    private static final List<String> VIDEO = List.of("videoin_res", "videoin_frate", "videoout_fhd", "videoout_hd", "videoout_brate_fhd",
        "videoout_brate_hd", "videoout_brate_sd");

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final Lkv373aEmulator box;
    private final DatagramPacker packer;
    private final Map<String, String> settings = new TreeMap<>(Map.of("videoin_res", "1920x1080_60P", "videoin_frate", "60", "videoout_fhd", "1",
        "videoout_hd", "2", "videoout_brate_fhd", "15000", "videoout_brate_hd", "12000", "videoout_brate_sd", "4000"));
    private volatile int status = 200;
    private volatile boolean settingsHidden;

    /**
     * Starts the server.
     *
     * @param box its destination is changed by the settings
     * @param packer its mode is changed by the settings
     */
    public Lkv373aPage(Lkv373aEmulator box, DatagramPacker packer) throws IOException {
        this.box = box;
        this.packer = packer;
        Thread thread = new Thread(this::serveRequests, "lkv373a-page");
        thread.setDaemon(true);
        thread.start();
    }

    public int httpPort() {
        return server.getLocalPort();
    }

    /** Makes every further answer have this HTTP status. */
    public void answerWithStatus(int code) {
        status = code;
    }

    /** Makes the page show none of its settings. */
    public void hideSettings() {
        settingsHidden = true;
    }

    /** A copy of the current settings. */
    public synchronized Map<String, String> currentSettings() {
        return new TreeMap<>(settings);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serveRequests() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(2000);
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String request = in.readLine();
                for (String line = in.readLine(); line != null && !line.isEmpty();) {
                    line = in.readLine();
                }
                String body = request == null ? "" : answerRequest(request.split(" ")[1]);
                socket.getOutputStream().write(("HTTP/1.0 " + status + " X\r\nContent-Type: text/html\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException | IndexOutOfBoundsException e) {
                // The client only tested the connection, or the server was closed.
                continue;
            }
        }
    }

    private synchronized String answerRequest(String path) {
        if (status != 200) {
            return "";
        }
        Map<String, String> query = parseQuery(path);
        String action = query.remove("action");
        if (action == null) {
            return "<html><form>" + (settingsHidden ? "" : createForm()) + "</form></html>";
        }
        if (action.equals("streaminfo") && query.keySet().containsAll(STREAM)) {
            applyStreamSettings(query);
        }
        if (action.equals("streaminfo") && query.keySet().containsAll(STREAM) || action.equals("videoinfo") && query.keySet().containsAll(VIDEO)) {
            settings.putAll(query);
        }
        return "<html>ok</html>";
    }

    private String createForm() {
        StringBuilder form = new StringBuilder();
        settings.forEach((name, value) -> form.append("<INPUT type='text' value=\"").append(value).append("\" name=").append(name).append(">\n"));
        return form.toString();
    }

    private void applyStreamSettings(Map<String, String> query) {
        try {
            box.setDestination(new InetSocketAddress(InetAddress.getByName(query.get("mcastaddr")), Integer.parseInt(query.get("port"))));
            packer.useRtp(query.get("rtp").equals("y"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parseQuery(String path) {
        Map<String, String> query = new LinkedHashMap<>();
        int mark = path.indexOf('?');
        for (String each : mark < 0 ? new String[0] : path.substring(mark + 1).split("&")) {
            String[] parts = each.split("=", 2);
            query.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return query;
    }
}
