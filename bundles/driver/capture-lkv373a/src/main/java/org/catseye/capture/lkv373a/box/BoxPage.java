package org.catseye.capture.lkv373a.box;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.StandardProtocolFamily;
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
 * Blocking requests to a box's web page, for a user who waits (sources: aheadley/python-LKV373A_v3, jhol/otl-lkv373a-tools). Each takes
 * 4 s at most. Thread-safe.
 */
public final class BoxPage {

    public static final int HTTP_PORT = 80;
    private static final int CONNECT_TIMEOUT_MILLIS = 700;
    private static final int READ_TIMEOUT_MILLIS = 1300;
    private static final int MAX_PAGE_BYTES = 256 * 1024;
    /** Settings that the box requires together with the bit rates. They must stay unchanged. */
    private static final List<String> KEPT_SETTINGS =
        List.of("videoin_res", "videoin_frate", "selvideoout_fhd", "videoout_fhd", "selvideoout_hd", "videoout_hd");
    private static final List<String> REQUIRED_SETTINGS = List.of("videoin_res", "videoin_frate", "videoout_fhd", "videoout_hd");
    private static final List<String> BIT_RATE_SETTINGS = List.of("videoout_brate_fhd", "videoout_brate_hd", "videoout_brate_sd");
    private static final Pattern INPUT_TAG = Pattern.compile("<input\\b[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME_ATTRIBUTE = Pattern.compile("\\bname\\s*=\\s*[\"']?([\\w.-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUE_ATTRIBUTE =
        Pattern.compile("\\bvalue\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))", Pattern.CASE_INSENSITIVE);

    private final Inet4Address box;
    private final int httpPort;

    /** @param httpPort {@link #HTTP_PORT}, except in tests */
    public BoxPage(Inet4Address box, int httpPort) {
        this.box = box;
        this.httpPort = httpPort;
    }

    /** Whether a web server accepts connections. */
    public boolean isReachable() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(box, httpPort), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the box send to this address, in RTP or in bare UDP. @throws IOException with a message for the user */
    public void setDestination(Inet4Address to, int udpPort, boolean rtp) throws IOException {
        fetchPage(destinationPath(to, udpPort, rtp));
    }

    /** The path of the request that sets the destination. */
    static String destinationPath(Inet4Address to, int udpPort, boolean rtp) {
        boolean multicast = to.isMulticastAddress();
        return "/dev/info.cgi?action=streaminfo&udp=" + yesOrNo(!rtp) + "&rtp=" + yesOrNo(rtp) + "&multicast=" + yesOrNo(multicast)
            + "&unicast=" + yesOrNo(!multicast) + "&mcastaddr=" + to.getHostAddress() + "&port=" + udpPort;
    }

    /** The address of this machine that a box can reach. Sends nothing. */
    public static Inet4Address findOwnAddress(Inet4Address box) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress(box, HTTP_PORT));
            return (Inet4Address) ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        }
    }

    /**
     * Sets the bit rates of all picture sizes. The other settings of the same request keep the values that the page shows.
     *
     * @throws IOException with a message for the user
     */
    public void setBitRate(int kilobits) throws IOException {
        Map<String, String> shown = parseFields(fetchPage("/"));
        if (!shown.keySet().containsAll(REQUIRED_SETTINGS)) {
            throw new IOException("the box's web page does not show the settings that must stay unchanged;"
                + " set the bit rate there by hand: http://" + box.getHostAddress() + "/");
        }
        Map<String, String> query = new LinkedHashMap<>();
        KEPT_SETTINGS.stream().filter(shown::containsKey).forEach(name -> query.put(name, shown.get(name)));
        BIT_RATE_SETTINGS.forEach(name -> query.put(name, Integer.toString(kilobits)));
        fetchPage("/dev/info.cgi?action=videoinfo&" + query.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&")));
    }

    private static Map<String, String> parseFields(String page) {
        Map<String, String> fields = new TreeMap<>();
        for (Matcher input = INPUT_TAG.matcher(page); input.find();) {
            Matcher name = NAME_ATTRIBUTE.matcher(input.group());
            Matcher value = VALUE_ATTRIBUTE.matcher(input.group());
            if (name.find() && value.find()) {
                String text = value.group(1) != null ? value.group(1) : value.group(2) != null ? value.group(2) : value.group(3);
                fields.putIfAbsent(name.group(1), text);
            }
        }
        return fields;
    }

    private String fetchPage(String path) throws IOException {
        String where = "the box's web page http://" + box.getHostAddress() + "/ ";
        int status;
        String body;
        try {
            HttpURLConnection connection = openConnection(path);
            try (InputStream in = connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                status = connection.getResponseCode();
                body = in == null ? "" : new String(in.readNBytes(MAX_PAGE_BYTES), StandardCharsets.ISO_8859_1);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new IOException(where + "does not respond (" + e.getMessage() + "): check that the box has power and is on this network", e);
        }
        if (status == 401) {
            throw new IOException(where + "requires a password; change the setting there by hand");
        }
        if (status < 200 || status > 299) {
            throw new IOException(where + "refuses the request (HTTP " + status + ")");
        }
        return body;
    }

    private HttpURLConnection openConnection(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + box.getHostAddress() + ":" + httpPort + path).toURL()
            .openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Connection", "close");
        return connection;
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "y" : "n";
    }
}
