package org.catseye.capture.v4l2.edid;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.catseye.video.device.EdidDescription;

/**
 * A valid EDID of 1 to 4 blocks (VESA E-EDID A.2): header, version, number of blocks, checksums and the extents of all data blocks are in
 * order. Immutable.
 */
public final class Edid {

    public static final int BLOCK_BYTES = EdidBytes.BLOCK_BYTES;
    public static final int MAX_BLOCKS = 4;

    private static final int CHECKSUM = BLOCK_BYTES - 1;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Edid(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Checks an EDID. @throws BadEdidException with the first mistake */
    public static Edid parseBytes(byte[] given) throws BadEdidException {
        byte[] bytes = given.clone();
        if (bytes.length == 0 || bytes.length % BLOCK_BYTES != 0 || bytes.length > MAX_BLOCKS * BLOCK_BYTES) {
            throw new BadEdidException("it has " + bytes.length + " bytes instead of 128, 256, 384 or 512");
        }
        BaseBlock base = new BaseBlock(new EdidBytes(bytes, 0));
        base.checkHeader();
        int blocks = bytes.length / BLOCK_BYTES;
        if (base.extensions() != blocks - 1) {
            throw new BadEdidException(BaseBlock.EXTENSIONS, base.extensions(), String.format("0x%02x, because there are %d blocks", blocks - 1, blocks));
        }
        Edid edid = new Edid(bytes);
        for (int block = 0; block < blocks; block++) {
            edid.checkBlock(block);
        }
        return edid;
    }

    private void checkBlock(int block) throws BadEdidException {
        EdidBytes content = new EdidBytes(bytes, block);
        int checksum = content.requiredChecksum();
        if (content.at(CHECKSUM) != checksum) {
            throw new BadEdidException(content.positionInEdid(CHECKSUM), content.at(CHECKSUM),
                String.format("0x%02x, the checksum of block %d; the file may be damaged", checksum, block));
        }
        Optional<CtaBlock> extension = block == 0 ? Optional.empty() : CtaBlock.find(content);
        if (extension.isPresent()) {
            extension.get().checkExtents();
        }
    }

    /** Parses hexadecimal digits in upper or lower case; white space between them is ignored. */
    public static Edid parseHex(String text) throws BadEdidException {
        String digits = text.replaceAll("\\s+", "");
        int wrong = 0;
        while (wrong < digits.length() && HexFormat.isHexDigit(digits.charAt(wrong))) {
            wrong++;
        }
        if (wrong < digits.length()) {
            throw new BadEdidException("the character at position " + (wrong + 1) + " is no hexadecimal digit");
        }
        if (digits.length() % 2 != 0) {
            throw new BadEdidException("it has " + digits.length() + " hexadecimal digits, which is an odd number");
        }
        return parseBytes(HEX.parseHex(digits));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** All bytes as lower-case digits. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    public EdidDescription describe() {
        BaseBlock base = new BaseBlock(new EdidBytes(bytes, 0));
        TimingList timings = new TimingList();
        base.addTimings(timings);
        boolean hdmi = false;
        boolean audio = false;
        for (int block = 1; block < bytes.length / BLOCK_BYTES; block++) {
            Optional<CtaBlock> extension = CtaBlock.find(new EdidBytes(bytes, block));
            extension.ifPresent(cta -> cta.addTimings(timings));
            hdmi |= extension.filter(CtaBlock::isHdmi).isPresent();
            audio |= extension.filter(CtaBlock::hasAudio).isPresent();
        }
        return new EdidDescription(hex(), base.version(), base.manufacturer(), base.product(), base.findText(BaseBlock.NAME),
            base.findText(BaseBlock.SERIAL), base.year(), base.preferredTiming(), timings.largestFirst(), timings.unknownCodes(), hdmi, audio);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Edid edid && Arrays.equals(bytes, edid.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return "EDID of " + bytes.length + " bytes";
    }
}
