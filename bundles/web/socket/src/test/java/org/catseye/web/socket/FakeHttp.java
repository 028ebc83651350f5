package org.catseye.web.socket;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One request and what is answered. What the code under test should not call throws. */
public final class FakeHttp {

    public final Map<String, List<String>> requestHeaders = new HashMap<>();
    public final Map<String, String> parameters = new HashMap<>();
    public final Map<String, Object> attributes = new HashMap<>();
    public final Map<String, String> headers = new HashMap<>();
    public String method = "GET";
    public String path;
    public int status = 200;
    /** The client is gone when the answer is to be sent. */
    public boolean breaks;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public FakeHttp(String path) {
        this.path = path;
    }

    public FakeHttp header(String name, String... values) {
        requestHeaders.put(name, List.of(values));
        return this;
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    public HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (self, called, args) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getHeader" -> requestHeaders.getOrDefault(args[0], Collections.singletonList(null)).get(0);
            case "getHeaders" -> Collections.enumeration(requestHeaders.getOrDefault(args[0], List.of()));
            case "getParameter" -> parameters.get(args[0]);
            case "getAttribute" -> attributes.get(args[0]);
            default -> throw new UnsupportedOperationException(called.toString());
        });
    }

    public HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (self, called, args) -> {
            switch (called.getName()) {
                case "setStatus" -> status = (Integer) args[0];
                case "setHeader" -> headers.put((String) args[0], (String) args[1]);
                case "setContentType" -> headers.put("Content-Type", (String) args[0]);
                case "setContentLength" -> headers.put("Content-Length", args[0].toString());
                case "flushBuffer" -> {
                    if (breaks) {
                        throw new IOException("broken pipe");
                    }
                }
                case "getOutputStream" -> {
                    return new Output();
                }
                default -> throw new UnsupportedOperationException(called.toString());
            }
            return null;
        });
    }

    public static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeHttp.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private final class Output extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int next) {
            body.write(next);
        }
    }
}
