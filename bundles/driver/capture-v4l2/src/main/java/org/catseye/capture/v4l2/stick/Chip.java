package org.catseye.capture.v4l2.stick;

import java.util.Optional;

/**
 * The known chips, identified by USB ids. The ids come from hsdaoh, DezKVM and the kernel's sound quirks, and the registers from
 * ms-tools and Openterface. Register numbers are addresses in the chip's XDATA memory.
 */
public enum Chip {
    MS2109("MS2109", 0x534d, 0x2109, true, new RegisterMap(9, 0, 0xfa8c, 0xc6af, 0xc6b1, 0xc6b5, 0xc73c)),
    MS2109S("MS2109S", 0x345f, 0x2109, true, new RegisterMap(11, 0, 0xfd9c, 0xc703, 0xc705, 0xc617, 0xc8c5)),
    MS2130("MS2130", 0x345f, 0x2130, true, null),
    MS2130_OLD("MS2130", 0x534d, 0x2130, true, null),
    MS2131("MS2131", 0x345f, 0x2131, true, null),
    MS2130S("MS2130S", 0x345f, 0x2132, true, new RegisterMap(11, 1, 0xfa8d, 0x1cfc, 0x1cfe, 0x1d02, 0x1d00)),
    MS2131S("MS2131S", 0x345f, 0x2133, true, null),
    MS2106("MS2106", 0x534d, 0x0021, false, null),
    OTHER("capture device", -1, -1, false, null);

    /**
     * Where the state of the input can be read. Values of two bytes have the high byte first.
     *
     * @param reportBytes size of a feature report, including its id
     * @param reportId the report's id
     * @param connected bit 0: a source is connected
     * @param width pixels, two bytes
     * @param height pixels, two bytes
     * @param rate frames per second times 100, two bytes
     * @param clock pixel clock in MHz times 100, two bytes
     */
    public record RegisterMap(int reportBytes, int reportId, int connected, int width, int height, int rate, int clock) {
    }

    private final String label;
    private final int vendorId;
    private final int productId;
    private final boolean ms21xx;
    private final RegisterMap registerMap;

    Chip(String label, int vendorId, int productId, boolean ms21xx, RegisterMap registerMap) {
        this.label = label;
        this.vendorId = vendorId;
        this.productId = productId;
        this.ms21xx = ms21xx;
        this.registerMap = registerMap;
    }

    /** The chip with these USB ids; {@link #OTHER} if it is unknown. */
    static Chip findByIds(int vendorId, int productId) {
        for (Chip chip : values()) {
            if (chip.vendorId == vendorId && chip.productId == productId) {
                return chip;
            }
        }
        return OTHER;
    }

    public String label() {
        return label;
    }

    /**
     * Whether this is an MS21xx HDMI stick. These show filler pictures without a signal, and the target detects a monitor only while
     * they stream.
     */
    public boolean isMs21xx() {
        return ms21xx;
    }

    /** Where the state of its input can be read; empty if that is unknown. */
    public Optional<RegisterMap> registerMap() {
        return Optional.ofNullable(registerMap);
    }
}
