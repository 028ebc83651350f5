package org.catseye.web.rest;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catseye.access.Caller;

/** Stands for a service of the API: writes down what it is asked, and answers or refuses as the test says. */
public final class Recorder<T> {

    public final T service;
    public final List<String> calls = new ArrayList<>();
    public final Map<String, Object> answers = new HashMap<>();
    public Exception refusal;

    public Recorder(Class<T> type) {
        service = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            calls.add(Stream.concat(Stream.of(method.getName()), Stream.ofNullable(arguments).flatMap(Stream::of).map(Recorder::text)).collect(Collectors.joining(" ")));
            if (refusal != null) {
                throw refusal;
            }
            if (method.getReturnType() != void.class && !answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answers.get(method.getName());
        }));
    }

    /** Secrets are copied: whoever sent them wipes them. */
    private static String text(Object argument) {
        if (argument instanceof Caller by) {
            return "[" + by.session().user() + " " + by.address() + "]";
        }
        return argument instanceof char[] secret ? new String(Arrays.copyOf(secret, secret.length)) : String.valueOf(argument);
    }
}
