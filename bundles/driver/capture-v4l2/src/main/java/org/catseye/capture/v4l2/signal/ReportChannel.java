package org.catseye.capture.v4l2.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.catseye.linux.device.HidRaw;

/** Exchanges feature reports with a stick's HID interface. For one thread. */
public interface ReportChannel extends AutoCloseable {

    /** @param report the whole report, including its id */
    void sendReport(ByteBuffer report) throws IOException;

    /** @param report its first byte is the id of the report to fetch; receives the answer */
    void fetchReport(ByteBuffer report) throws IOException;

    @Override
    void close();

    /** Opens a hidraw node. @param reportBytes size of each report, including its id */
    static ReportChannel openHidraw(String node, int reportBytes) throws IOException {
        HidRaw device = HidRaw.open(node, reportBytes);
        return new ReportChannel() {
            @Override
            public void sendReport(ByteBuffer report) throws IOException {
                device.sendFeature(report);
            }

            @Override
            public void fetchReport(ByteBuffer report) throws IOException {
                device.fetchFeature(report);
            }

            @Override
            public void close() {
                device.close();
            }
        };
    }
}
