package org.catseye.testkit.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One request and its response without a web server. Stricter than a real server: the body arrives one byte at a time, headers
 * cannot be added once the response has started, and methods that no test needs throw an exception.
 */
public final class FakeExchange {

    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private byte[] body = new byte[0];
    private long statedLength = -1;
    private boolean lengthKnown = true;
    private boolean secure;
    private String address = "192.0.2.7";
    private String contextPath = "";
    private int status = 200;
    private int bytesRead;
    private boolean flushed;

    /** @param target path and query as in the request line */
    public FakeExchange(String method, String target) {
        this.method = method;
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
    }

    public FakeExchange header(String name, String value) {
        requestHeaders.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeExchange body(String contentType, String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", contentType);
    }

    /** Sends the body without a declared length, as with chunked encoding. */
    public FakeExchange withoutLength() {
        lengthKnown = false;
        return this;
    }

    /** Declares a length that differs from that of the body. */
    public FakeExchange length(long stated) {
        statedLength = stated;
        return this;
    }

    public FakeExchange overTls() {
        secure = true;
        return this;
    }

    /** Sets the servlet context, as the start of the path. */
    public FakeExchange inContext(String path) {
        contextPath = path;
        return this;
    }

    public FakeExchange from(String remoteAddress) {
        address = remoteAddress;
        return this;
    }

    public FakeExchange attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    public Object attribute(String name) {
        return attributes.get(name);
    }

    public int status() {
        return status;
    }

    /** A header of the response; empty if it was not set. */
    public String sent(String name) {
        return String.join(", ", responseHeaders.getOrDefault(name, List.of()));
    }

    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return written.toByteArray();
    }

    /** The number of bytes of the body that were read. */
    public int bytesRead() {
        return bytesRead;
    }

    public HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (proxy, called, arguments) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getRequestURI" -> path;
            case "getServletPath" -> path;
            case "getContextPath" -> contextPath;
            case "getPathInfo" -> null;
            case "getQueryString" -> query;
            case "isSecure" -> secure;
            case "getScheme" -> secure ? "https" : "http";
            case "getRemoteAddr" -> address;
            case "getProtocol" -> "HTTP/1.1";
            case "getContentType" -> first(requestHeaders, "Content-Type");
            case "getContentLengthLong" -> !lengthKnown ? -1L : statedLength >= 0 ? statedLength : body.length;
            case "getHeader" -> first(requestHeaders, (String) arguments[0]);
            case "getHeaders" -> Collections.enumeration(requestHeaders.getOrDefault((String) arguments[0], List.of()));
            case "getAttribute" -> attributes.get(arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getInputStream" -> new Drops();
            case "getParameter" -> parameter((String) arguments[0]);
            case "getParameterMap" -> queryParameters();
            default -> throw new UnsupportedOperationException("request." + called.getName());
        });
    }

    /** For requests that have no form body. */
    private Map<String, String[]> queryParameters() {
        Map<String, String[]> parameters = new TreeMap<>();
        for (String field : query == null ? new String[0] : query.split("&")) {
            String name = URLDecoder.decode(field.split("=", 2)[0], StandardCharsets.UTF_8);
            parameters.put(name, new String[] {parameter(name)});
        }
        return parameters;
    }

    /** The parameter of the query or else of a form body, which is read for this purpose. */
    private String parameter(String name) {
        String type = first(requestHeaders, "Content-Type");
        boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
        if (form) {
            bytesRead = body.length;
        }
        return Stream.of(query, form ? new String(body, StandardCharsets.UTF_8) : null).filter(Objects::nonNull).flatMap(all -> Stream.of(all.split("&")))
                .map(field -> field.split("=", 2)).filter(field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8).equals(name))
                .map(field -> field.length < 2 ? "" : URLDecoder.decode(field[1], StandardCharsets.UTF_8)).findFirst().orElse(null);
    }

    public HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (proxy, called, arguments) -> switch (called.getName()) {
            case "setStatus" -> setStatus((Integer) arguments[0]);
            case "getStatus" -> status;
            case "setHeader" -> setHeader((String) arguments[0], (String) arguments[1]);
            case "addHeader" -> uncommitted(responseHeaders).computeIfAbsent((String) arguments[0], key -> new ArrayList<>()).add((String) arguments[1]);
            case "getHeader" -> first(responseHeaders, (String) arguments[0]);
            case "setContentType" -> setHeader("Content-Type", (String) arguments[0]);
            case "getContentType" -> first(responseHeaders, "Content-Type");
            case "setCharacterEncoding" -> setCharacterEncoding((String) arguments[0]);
            case "getCharacterEncoding" -> "UTF-8";
            case "setContentLength", "setContentLengthLong" -> setHeader("Content-Length", arguments[0].toString());
            case "getOutputStream" -> new Sink();
            case "isCommitted" -> committed();
            case "flushBuffer" -> flushed = true;
            case "resetBuffer" -> reset();
            case "reset" -> resetAll();
            case "sendError" -> setStatus((Integer) arguments[0]);
            case "sendRedirect" -> setHeader("Location", (String) arguments[0]);
            default -> throw new UnsupportedOperationException("response." + called.getName());
        });
    }

    private Object reset() {
        uncommitted(written).reset();
        return null;
    }

    private Object resetAll() {
        uncommitted(responseHeaders).clear();
        return reset();
    }

    /** Always UTF-8, because tests need no other encoding. */
    private Object setCharacterEncoding(String name) {
        if (!name.equalsIgnoreCase("UTF-8")) {
            throw new UnsupportedOperationException(name);
        }
        return null;
    }

    private Object setStatus(int value) {
        uncommitted(responseHeaders);
        status = value;
        return null;
    }

    private Object setHeader(String name, String value) {
        uncommitted(responseHeaders).put(name, new ArrayList<>(List.of(value)));
        return null;
    }

    private <T> T uncommitted(T headers) {
        if (committed()) {
            throw new IllegalStateException("the response has begun");
        }
        return headers;
    }

    private boolean committed() {
        return flushed || written.size() > 0;
    }

    private static String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
            Object result = handler.invoke(proxy, called, arguments);
            return called.getReturnType() == void.class ? null : result;
        }));
    }

    /** The body, which arrives one byte at a time. */
    private final class Drops extends ServletInputStream {
        @Override
        public int read() {
            return bytesRead < body.length ? body[bytesRead++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int next = length == 0 ? 0 : read();
            if (length == 0 || next < 0) {
                return next;
            }
            into[offset] = (byte) next;
            return 1;
        }

        @Override
        public int available() {
            return Math.min(1, body.length - bytesRead);
        }

        @Override
        public boolean isFinished() {
            return bytesRead == body.length;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("setReadListener");
        }
    }

    private final class Sink extends ServletOutputStream {
        @Override
        public void write(int b) {
            written.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("setWriteListener");
        }
    }
}
