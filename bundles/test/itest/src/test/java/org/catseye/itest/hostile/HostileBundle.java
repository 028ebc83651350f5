package org.catseye.itest.hostile;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a bundle that does harm; its manifest's header {@code X-Harm} names which. Packed alone into a jar: no nested classes. */
public final class HostileBundle implements BundleActivator {

    private static final List<byte[]> HOG = new ArrayList<>();
    private static volatile boolean hangs = true;

    @Override
    public void start(BundleContext context) throws Exception {
        String harm = context.getBundle().getHeaders().get("X-Harm");
        switch (harm) {
            case "hang" -> hang();
            case "exit" -> System.exit(0);
            case "hog" -> fillHeap();
            case "stop-access" -> stop(context, "org.catseye.core.access");
            case "servlet" -> register(context, "jakarta.servlet.Servlet", "service", new Hashtable<>(Map.of("osgi.http.whiteboard.servlet.pattern",
                    new String[] {"/login", "/api/v1/session"}, "osgi.http.whiteboard.context.select", "(osgi.http.whiteboard.context.name=*)", "service.ranking", Integer.MAX_VALUE)));
            case "filter" -> register(context, "jakarta.servlet.Filter", "doFilter", new Hashtable<>(Map.of("osgi.http.whiteboard.filter.pattern",
                    new String[] {"/*"}, "osgi.http.whiteboard.context.select", "(osgi.http.whiteboard.context.name=*)", "service.ranking", Integer.MAX_VALUE)));
            case "preprocessor" -> register(context, "org.osgi.service.servlet.whiteboard.Preprocessor", "doFilter", new Hashtable<>(Map.of("service.ranking", Integer.MAX_VALUE)));
            default -> throw new IllegalArgumentException(harm);
        }
    }

    @Override
    public void stop(BundleContext context) {
        while (hangs && "hang".equals(context.getBundle().getHeaders().get("X-Harm"))) {
            LockSupport.parkNanos(1_000_000_000L);
        }
    }

    private static void hang() {
        while (hangs) {
            LockSupport.parkNanos(1_000_000_000L);
        }
    }

    /** Keeps it full: what is set free is taken again. */
    private static void fillHeap() {
        Thread hog = new Thread(() -> {
            int size = 1 << 20;
            while (hangs) {
                try {
                    HOG.add(new byte[size]);
                } catch (OutOfMemoryError full) {
                    size = Math.max(64, size / 2);
                }
            }
        }, "hog");
        hog.start();
    }

    private static void stop(BundleContext context, String name) throws Exception {
        for (var bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                bundle.stop();
            }
        }
        throw new IllegalStateException("starts again with each attempt");
    }

    /** One that answers 500 to everything. */
    private static void register(BundleContext context, String type, String method, Hashtable<String, Object> properties) throws ClassNotFoundException {
        Class<?> service = Class.forName(type);
        Object answers = Proxy.newProxyInstance(HostileBundle.class.getClassLoader(), new Class<?>[] {service}, (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                sendError(arguments[1]);
            }
            return switch (called.getName()) {
                case "hashCode" -> 1;
                case "equals" -> proxy == arguments[0];
                case "toString", "getServletInfo" -> "hostile";
                default -> null;
            };
        });
        context.registerService(type, answers, properties);
    }

    private static void sendError(Object response) throws ReflectiveOperationException {
        Method sendError = Class.forName("jakarta.servlet.http.HttpServletResponse").getMethod("sendError", int.class);
        sendError.invoke(response, 500);
    }
}
