package org.catseye.capture.v4l2.edid;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The built-in EDIDs: digital monitors named Catseye. Each prefers one timing, and also supports a common one and the VESA sizes of boot
 * screens. The timings are those of CTA-861 and VESA DMT. The bridges of a Raspberry Pi have enough bandwidth for {@link #DEFAULT}.
 */
public enum EdidPreset {
    HD_60("1280x720p60", new ModeLine(7425, 1280, 370, 110, 40, 720, 30, 5, 5, ModeLine.BOTH_POSITIVE)),
    HD_50("1280x720p50", new ModeLine(7425, 1280, 700, 440, 40, 720, 30, 5, 5, ModeLine.BOTH_POSITIVE)),
    FULL_HD_30("1920x1080p30", new ModeLine(7425, 1920, 280, 88, 44, 1080, 45, 4, 5, ModeLine.BOTH_POSITIVE)),
    FULL_HD_50("1920x1080p50", new ModeLine(14_850, 1920, 720, 528, 44, 1080, 45, 4, 5, ModeLine.BOTH_POSITIVE)),
    FULL_HD_60("1920x1080p60", new ModeLine(14_850, 1920, 280, 88, 44, 1080, 45, 4, 5, ModeLine.BOTH_POSITIVE)),
    XGA_60("1024x768p60", new ModeLine(6500, 1024, 320, 24, 136, 768, 38, 3, 6, ModeLine.BOTH_NEGATIVE)),
    SXGA_60("1280x1024p60", new ModeLine(10_800, 1280, 408, 48, 112, 1024, 42, 1, 3, ModeLine.BOTH_POSITIVE)),
    UXGA_60("1600x1200p60", new ModeLine(16_200, 1600, 560, 64, 192, 1200, 50, 1, 3, ModeLine.BOTH_POSITIVE)),
    WUXGA_60("1920x1200p60", new ModeLine(15_400, 1920, 160, 48, 32, 1200, 35, 3, 6, ModeLine.HORIZONTAL_POSITIVE));

    /** For an input that has no EDID. */
    public static final EdidPreset DEFAULT = HD_60;

    private final String publicName;
    private final ModeLine preferred;

    EdidPreset(String publicName, ModeLine preferred) {
        this.publicName = publicName;
        this.preferred = preferred;
    }

    /** Width, height and rate, such as {@code 1280x720p60}. */
    public String publicName() {
        return publicName;
    }

    public static List<String> publicNames() {
        return Arrays.stream(values()).map(EdidPreset::publicName).toList();
    }

    public static Optional<EdidPreset> findByName(String name) {
        return Arrays.stream(values()).filter(preset -> preset.publicName.equalsIgnoreCase(name)).findFirst();
    }

    public Edid edid() {
        try {
            return Edid.parseBytes(EdidWriter.writeBlock(preferred, (this == HD_60 ? FULL_HD_30 : HD_60).preferred));
        } catch (BadEdidException e) {
            throw new IllegalStateException("a built-in EDID is invalid", e);
        }
    }
}
