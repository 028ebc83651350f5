package org.catseye.core.config.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.cm.file.ConfigurationHandler;

/** Felix's {@code .config} format, which keeps every type. Comments at the beginning of a file stay. */
final class TypedFormat implements FileFormat {

    @Override
    @SuppressWarnings("unchecked") // the handler's raw Dictionary has String keys: it reads them from text
    public Map<String, Object> parseText(String text) throws BrokenFileException {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try {
            Dictionary<String, Object> read = ConfigurationHandler.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            Collections.list(read.keys()).forEach(key -> values.put(key, read.get(key)));
        } catch (IOException | RuntimeException e) {
            throw new BrokenFileException(findLine(e), "this is not Felix's typed form; write it as in name=\"text\" or count=I\"5\"");
        }
        return values;
    }

    @Override
    public String rewriteText(String oldText, Map<String, Object> values) {
        String head = oldText.lines().takeWhile(line -> line.startsWith("#")).map(line -> line + "\n").collect(Collectors.joining());
        return head + writeText(values);
    }

    @Override
    public String encodeValue(Object value) {
        return writeText(Map.of("v", value));
    }

    private static String writeText(Map<String, Object> values) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            ConfigurationHandler.write(text, new Hashtable<>(values));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** The line's number: the handler's messages end in {@code (line=N, pos=M)}. 0 if the exception has none. */
    private static int findLine(Exception e) {
        Matcher place = Pattern.compile("line=(\\d+)").matcher(String.valueOf(e.getMessage()));
        return place.find() ? Integer.parseInt(place.group(1)) + 1 : 0;
    }
}
