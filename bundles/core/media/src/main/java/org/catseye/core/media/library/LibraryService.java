package org.catseye.core.media.library;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.core.media.fetch.AddressRule;
import org.catseye.core.media.settings.LibraryConfig;
import org.catseye.core.media.settings.LibrarySettings;
import org.catseye.media.DownloadRequest;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaSpace;
import org.catseye.media.MediaUpload;
import org.catseye.options.CheckedSettings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The library as a service. With a wrong setting it has no images, and its space has the reason. */
@Component(service = {MediaLibrary.class, ImageFiles.class}, configurationPid = LibraryConfig.PID)
@Designate(ocd = LibraryConfig.class)
public final class LibraryService implements MediaLibrary, ImageFiles {

    private static final String HOME = "catseye.home";

    private final Optional<Images> images;
    private final Optional<Downloads> downloads;
    private final String fault;

    @Activate
    public LibraryService(Map<String, ?> properties, BundleContext context, @Reference Attachments attachments) {
        this(CheckedSettings.parseProperties(properties, each -> LibrarySettings.parse(each, Path.of(Optional.ofNullable(context.getProperty(HOME)).orElse(".home")))),
                attachments, new AddressRule());
    }

    LibraryService(CheckedSettings<LibrarySettings> settings, Attachments attachments, AddressRule addresses) {
        images = settings.findValid().map(valid -> new Images(valid, attachments));
        downloads = images.map(valid -> new Downloads(valid, addresses));
        fault = describeFault(settings);
    }

    private static String describeFault(CheckedSettings<LibrarySettings> settings) {
        try {
            settings.requireValid();
            return "";
        } catch (BadValueException e) {
            return e.getMessage() + ".";
        }
    }

    @Activate
    void startBackground() {
        images.ifPresent(Images::startBackground);
    }

    @Deactivate
    void stop() {
        downloads.ifPresent(Downloads::stop);
        images.ifPresent(Images::stop);
    }

    private Images requireImages() throws MediaException {
        return images.orElseThrow(() -> new MediaException(Reason.UNAVAILABLE, fault));
    }

    private Downloads requireDownloads() throws MediaException {
        return downloads.orElseThrow(() -> new MediaException(Reason.UNAVAILABLE, fault));
    }

    @Override
    public List<MediaImage> listImages() {
        return images.map(valid -> valid.listImages().stream().map(Located::image).toList()).orElse(List.of());
    }

    @Override
    public Optional<MediaImage> findImage(String idOrName) {
        return locateImage(idOrName).map(Located::image);
    }

    @Override
    public Optional<Located> locateImage(String idOrName) {
        return images.flatMap(valid -> valid.findImage(idOrName));
    }

    @Override
    public MediaSpace readSpace() {
        return images.map(Images::readSpace).orElseGet(() -> new MediaSpace(0, 0, fault));
    }

    @Override
    public SeekableByteChannel openImage(String id) throws MediaException {
        return requireImages().openImage(id);
    }

    @Override
    public MediaUpload startUpload(String name, long bytes, String user) throws MediaException {
        return requireImages().startUpload(name, bytes, user);
    }

    @Override
    public Optional<MediaUpload> findUpload(String id) {
        return images.flatMap(valid -> valid.findUpload(id));
    }

    @Override
    public List<MediaUpload> listUploads() {
        return images.map(Images::listUploads).orElse(List.of());
    }

    @Override
    public MediaDownload startDownload(DownloadRequest request) throws MediaException {
        return requireDownloads().startDownload(request);
    }

    @Override
    public List<MediaDownload> listDownloads() {
        return downloads.map(Downloads::listDownloads).orElse(List.of());
    }

    @Override
    public void cancelDownload(String id) throws MediaException {
        requireDownloads().cancelDownload(id);
    }

    @Override
    public MediaImage renameImage(String id, String name) throws MediaException {
        return requireImages().renameImage(id, name);
    }

    @Override
    public void deleteImage(String id) throws MediaException {
        requireImages().deleteImage(id);
    }
}
