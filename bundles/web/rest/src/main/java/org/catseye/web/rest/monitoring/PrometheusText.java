package org.catseye.web.rest.monitoring;

import java.util.Locale;

/** Builds a page in the Prometheus text format 0.0.4 (prometheus.io, exposition formats). */
final class PrometheusText {

    private final StringBuilder text = new StringBuilder(4096);

    /** @param type {@code gauge} or {@code counter} */
    void addMetric(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** @param labels names and values, alternating */
    void addValue(String name, double value, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(escapeLabel(labels[i + 1])).append('"');
        }
        text.append(labels.length > 0 ? "} " : " ").append(formatNumber(value)).append('\n');
    }

    private static String formatNumber(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String escapeLabel(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
