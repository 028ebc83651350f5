package org.catseye.capture.v4l2;

import java.util.Optional;

/**
 * What is known of a stick by its USB ids (hsdaoh, DezKVM and the kernel's sound quirks name the ids; ms-tools and Openterface
 * the registers). Register numbers are addresses in the chip's XDATA memory.
 */
enum Chip {
    MS2109("MS2109", 0x534d, 0x2109, true, new Registers(9, 0, 0xfa8c, 0xc6af, 0xc6b1, 0xc6b5, 0xc73c)),
    MS2109S("MS2109S", 0x345f, 0x2109, true, new Registers(11, 0, 0xfd9c, 0xc703, 0xc705, 0xc617, 0xc8c5)),
    MS2130("MS2130", 0x345f, 0x2130, true, null),
    MS2130_OLD("MS2130", 0x534d, 0x2130, true, null),
    MS2131("MS2131", 0x345f, 0x2131, true, null),
    MS2130S("MS2130S", 0x345f, 0x2132, true, new Registers(11, 1, 0xfa8d, 0x1cfc, 0x1cfe, 0x1d02, 0x1d00)),
    MS2131S("MS2131S", 0x345f, 0x2133, true, null),
    MS2106("MS2106", 0x534d, 0x0021, false, null),
    OTHER("capture device", -1, -1, false, null);

    /**
     * Where the input's state can be read.
     *
     * @param report bytes of a feature report, id included
     * @param id the report's id
     * @param connected bit 0: a source is connected
     * @param width pixels, two bytes, high first
     * @param height likewise
     * @param rate frames per second times 100, likewise
     * @param clock pixel clock in MHz times 100, likewise
     */
    record Registers(int report, int id, int connected, int width, int height, int rate, int clock) {
    }

    private final String label;
    private final int vendor;
    private final int product;
    private final boolean hdmi;
    private final Registers registers;

    Chip(String label, int vendor, int product, boolean hdmi, Registers registers) {
        this.label = label;
        this.vendor = vendor;
        this.product = product;
        this.hdmi = hdmi;
        this.registers = registers;
    }

    /** The chip with these USB ids; {@link #OTHER} if it is not known. */
    static Chip of(int vendor, int product) {
        for (Chip chip : values()) {
            if (chip.vendor == vendor && chip.product == product) {
                return chip;
            }
        }
        return OTHER;
    }

    String label() {
        return label;
    }

    /** One of the MS21xx HDMI sticks: shows filler pictures without a signal, and the target sees a monitor only while it streams. */
    boolean isMs21xx() {
        return hdmi;
    }

    /** Where the state of its input is, if that is known. */
    Optional<Registers> registers() {
        return Optional.ofNullable(registers);
    }
}
