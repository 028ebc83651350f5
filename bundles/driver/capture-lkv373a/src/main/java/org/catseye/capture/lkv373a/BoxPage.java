package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A box's own web page, asked while a person waits (aheadley/python-LKV373A_v3, jhol/otl-lkv373a-tools). Blocks, 4 s at most in all.
 * Thread-safe.
 */
final class BoxPage {

    static final int PORT = 80;
    private static final int CONNECT_MILLIS = 700;
    private static final int READ_MILLIS = 1300;
    private static final int LARGEST = 256 * 1024;
    /** What the box wants to be told with the bit rates, and must not be changed. */
    private static final List<String> KEPT = List.of("videoin_res", "videoin_frate", "selvideoout_fhd", "videoout_fhd", "selvideoout_hd", "videoout_hd");
    private static final List<String> NEEDED = List.of("videoin_res", "videoin_frate", "videoout_fhd", "videoout_hd");
    private static final List<String> RATES = List.of("videoout_brate_fhd", "videoout_brate_hd", "videoout_brate_sd");
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("\\bname\\s*=\\s*[\"']?([\\w.-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE = Pattern.compile("\\bvalue\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))", Pattern.CASE_INSENSITIVE);

    private final Inet4Address box;
    private final int port;

    BoxPage(Inet4Address box, int port) {
        this.box = box;
        this.port = port;
    }

    /** Whether somebody listens there. */
    boolean reachable() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(box, port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the box send to this address in one of its two modes. @throws IOException why not, in words */
    void sendTo(Inet4Address to, int udpPort, boolean rtp) throws IOException {
        get(streamInfo(to, udpPort, rtp));
    }

    /** The question that {@link #sendTo} asks. */
    static String streamInfo(Inet4Address to, int udpPort, boolean rtp) {
        boolean multicast = to.isMulticastAddress();
        return "/dev/info.cgi?action=streaminfo&udp=" + yes(!rtp) + "&rtp=" + yes(rtp) + "&multicast=" + yes(multicast) + "&unicast=" + yes(!multicast)
            + "&mcastaddr=" + to.getHostAddress() + "&port=" + udpPort;
    }

    /** This machine's address on the way to a box. */
    static Inet4Address ownAddress(Inet4Address box) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(java.net.StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress(box, PORT));
            return (Inet4Address) ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        }
    }

    /** Sets the bit rates of all picture sizes; whatever else is set with them stays as the page shows it. */
    void bitRate(int kilobits) throws IOException {
        Map<String, String> shown = fields(get("/"));
        if (!shown.keySet().containsAll(NEEDED)) {
            throw new IOException("the box's web page does not show the settings that have to be kept; set the bit rate there by hand: http://"
                + box.getHostAddress() + "/");
        }
        Map<String, String> told = new LinkedHashMap<>();
        KEPT.stream().filter(shown::containsKey).forEach(name -> told.put(name, shown.get(name)));
        RATES.forEach(name -> told.put(name, Integer.toString(kilobits)));
        get("/dev/info.cgi?action=videoinfo&" + told.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&")));
    }

    private static Map<String, String> fields(String page) {
        Map<String, String> fields = new TreeMap<>();
        for (Matcher input = INPUT.matcher(page); input.find();) {
            Matcher name = NAME.matcher(input.group());
            Matcher value = VALUE.matcher(input.group());
            if (name.find() && value.find()) {
                String text = value.group(1) != null ? value.group(1) : value.group(2) != null ? value.group(2) : value.group(3);
                fields.putIfAbsent(name.group(1), text);
            }
        }
        return fields;
    }

    private String get(String path) throws IOException {
        String where = "the box's web page http://" + box.getHostAddress() + "/ ";
        int status;
        String body;
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + box.getHostAddress() + ":" + port + path).toURL()
                .openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                body = in == null ? "" : new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new IOException(where + "does not answer (" + e.getMessage() + ")", e);
        }
        if (status == 401) {
            throw new IOException(where + "wants a password; set it there by hand");
        }
        if (status < 200 || status > 299) {
            throw new IOException(where + "refuses (HTTP " + status + ")");
        }
        return body;
    }

    private static String yes(boolean is) {
        return is ? "y" : "n";
    }
}
