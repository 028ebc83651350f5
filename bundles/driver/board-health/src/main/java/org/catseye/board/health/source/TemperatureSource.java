package org.catseye.board.health.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;
import org.catseye.files.KernelFiles;

/**
 * The hottest sensor of the board. Thermal zones (thermal_zone0 is the processor of a Raspberry Pi) have the limit of the configuration, or the one
 * below which Linux switches off, if that is lower. Sensors of other chips count only if they have a limit of their own.
 */
public final class TemperatureSource implements HealthSource {

    private static final String ZONES = "sys/class/thermal";
    private static final String SENSORS = "sys/class/hwmon";
    /** Values outside are those of sensors that are not connected. In degrees. */
    private static final int MIN_PLAUSIBLE = -40;
    private static final int MAX_PLAUSIBLE = 150;
    private static final int MIN_PLAUSIBLE_LIMIT = 40;
    /** Distances in degrees: from the shutdown to the warning, from the warning to the critical condition, and back below the limit. */
    private static final int BEFORE_SHUTDOWN = 5;
    private static final int CRITICAL_ABOVE = 5;
    private static final int HYSTERESIS = 3;
    private static final double MILLI = 1000;

    private final KernelFiles files;
    private final int limit;
    private final Map<String, Threshold> thresholds = new HashMap<>();

    /** @param limit in degrees Celsius */
    public TemperatureSource(KernelFiles files, int limit) {
        this.files = files;
        this.limit = limit;
    }

    private record Sensor(String name, double celsius, double limit) {
    }

    @Override
    public String subject() {
        return "Temperature";
    }

    @Override
    public Optional<Reading> readNow() {
        List<Sensor> sensors = new ArrayList<>(readZones());
        Optional<Sensor> hottestZone = sensors.stream().max(Comparator.comparingDouble(Sensor::celsius));
        sensors.addAll(readChips());
        if (sensors.isEmpty()) {
            return Optional.empty();
        }
        List<Sensor> hot = sensors.stream().filter(sensor -> thresholds.computeIfAbsent(sensor.name(), name -> new Threshold())
                .update(sensor.celsius(), sensor.limit(), sensor.limit() - HYSTERESIS)).toList();
        Sensor shown = hot.stream().max(Comparator.comparingDouble(sensor -> sensor.celsius() - sensor.limit())).or(() -> hottestZone)
                .orElse(sensors.get(0));
        List<BoardFigure> figures = List.of(new BoardFigure("temperature_celsius", "Temperature of the hottest sensor of the board.",
                hottestZone.orElse(shown).celsius()));
        return Optional.of(new Reading(Math.round(shown.celsius()) + " °C.", hot.isEmpty() ? List.of() : List.of(describe(shown)), figures));
    }

    private static Finding describe(Sensor sensor) {
        String celsius = Long.toString(Math.round(sensor.celsius()));
        return new Finding("temperature", sensor.celsius() >= sensor.limit() + CRITICAL_ABOVE ? Severity.CRITICAL : Severity.WARNING,
                "The board has been too hot since " + Finding.SINCE + ": " + celsius + " °C (sensor " + sensor.name() + ").",
                "Cool the board: a heat sink or a fan, and space around the case.", Map.of("celsius", celsius, "sensor", sensor.name()));
    }

    private List<Sensor> readZones() {
        List<Sensor> found = new ArrayList<>();
        for (String zone : files.listNames(ZONES, "thermal_zone*")) {
            String folder = ZONES + "/" + zone + "/";
            Optional<Double> celsius = readCelsius(folder + "temp");
            if (celsius.isPresent()) {
                found.add(new Sensor(files.readText(folder + "type").orElse(zone), celsius.get(), Math.min(limit, findShutdown(folder) - BEFORE_SHUTDOWN)));
            }
        }
        return found;
    }

    /** The temperature at which Linux switches the board off. */
    private double findShutdown(String folder) {
        for (String type : files.listNames(folder, "trip_point_*_type")) {
            if (files.readText(folder + type).filter("critical"::equals).isPresent()) {
                Optional<Double> celsius = readLimit(folder + type.replace("_type", "_temp"));
                if (celsius.isPresent()) {
                    return celsius.get();
                }
            }
        }
        return MAX_PLAUSIBLE;
    }

    private List<Sensor> readChips() {
        List<Sensor> found = new ArrayList<>();
        for (String chip : files.listNames(SENSORS, "hwmon*")) {
            String folder = SENSORS + "/" + chip + "/";
            for (String input : files.listNames(folder, "temp*_input")) {
                Optional<Double> shutdown = readLimit(folder + input.replace("_input", "_crit"));
                Optional<Double> celsius = shutdown.isEmpty() ? Optional.empty() : readCelsius(folder + input);
                if (celsius.isPresent()) {
                    found.add(new Sensor(files.readText(folder + "name").orElse(chip) + " " + input.replace("_input", ""), celsius.get(),
                            shutdown.get() - BEFORE_SHUTDOWN));
                }
            }
        }
        return found;
    }

    private Optional<Double> readLimit(String path) {
        return readCelsius(path).filter(celsius -> celsius >= MIN_PLAUSIBLE_LIMIT);
    }

    private Optional<Double> readCelsius(String path) {
        OptionalLong value = files.readNumber(path);
        return value.isEmpty() ? Optional.empty() : Optional.of(value.getAsLong() / MILLI)
                .filter(celsius -> celsius >= MIN_PLAUSIBLE && celsius <= MAX_PLAUSIBLE);
    }
}
