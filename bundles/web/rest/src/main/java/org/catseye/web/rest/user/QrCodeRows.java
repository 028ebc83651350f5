package org.catseye.web.rest.user;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.nayuki.qrcodegen.QrCode;

/** A QR code (ISO/IEC 18004) of error correction level M as JSON: its rows from the top, a digit a module, 1 is dark; without the quiet zone around. */
final class QrCodeRows {

    private QrCodeRows() {
    }

    /** @param text at most some 2,300 bytes */
    static void write(String text, ArrayNode rows) {
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
