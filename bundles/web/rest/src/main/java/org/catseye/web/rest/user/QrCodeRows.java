package org.catseye.web.rest.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code (ISO/IEC 18004) with error correction level M as JSON: its rows from the top, one digit per module, 1 for dark, without the quiet zone
 * around it.
 */
final class QrCodeRows {

    private QrCodeRows() {
    }

    /** @param text at most about 2,300 bytes */
    static void addRows(String text, ArrayNode rows) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        for (int y = 0; y < code.size; y++) {
            StringBuilder row = new StringBuilder(code.size);
            for (int x = 0; x < code.size; x++) {
                row.append(code.getModule(x, y) ? '1' : '0');
            }
            rows.add(row.toString());
        }
    }
}
