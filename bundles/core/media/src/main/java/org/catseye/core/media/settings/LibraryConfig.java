package org.catseye.core.media.settings;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where images are, and how much of the disk they may take. */
@ObjectClassDefinition(name = "Catseye: media library", description = "Where the images of CDs and disks are, and how much of the disk they may take.")
public @interface LibraryConfig {

    String PID = "org.catseye.core.media";
    int DEFAULT_MAX_UPLOADS = 10;
    int MIN_MAX_UPLOADS = 1;
    int MAX_MAX_UPLOADS = 50;
    int DEFAULT_RESERVE_MEBIBYTES = 256;
    int MIN_RESERVE_MEBIBYTES = 0;
    int MAX_RESERVE_MEBIBYTES = 1_000_000;
    /** Of {@link #readOnlyFolders}. */
    int MAX_FOLDERS = 8;

    @AttributeDefinition(name = "Folder", required = false,
            description = "The folder with the images; empty for the folder media in Catseye's home. For a mounted disk, name a folder on the disk and not the mount "
                    + "point, so that no image is written to the wrong disk while yours is not mounted. Catseye creates only its own default folder.")
    String folder() default "";

    @AttributeDefinition(name = "Read-only folders", required = false,
            description = "Further folders, such as mounted SMB or NFS shares, at most " + MAX_FOLDERS + ". Their images can be attached read-only without being "
                    + "uploaded first. Catseye never renames or deletes them.")
    String[] readOnlyFolders() default {};

    @AttributeDefinition(name = "Uploads of a user", required = false, min = "" + MIN_MAX_UPLOADS, max = "" + MAX_MAX_UPLOADS,
            description = "How many unfinished uploads a user may have, " + MIN_MAX_UPLOADS + " to " + MAX_MAX_UPLOADS
                    + ". An upload is deleted when nothing has arrived for 24 hours.")
    int maxUploads() default DEFAULT_MAX_UPLOADS;

    @AttributeDefinition(name = "Reserve (MiB)", required = false, min = "" + MIN_RESERVE_MEBIBYTES, max = "" + MAX_RESERVE_MEBIBYTES,
            description = "How much of the disk stays free for the rest of the device, 0 to " + MAX_RESERVE_MEBIBYTES + " MiB.")
    int reserveMebibytes() default DEFAULT_RESERVE_MEBIBYTES;
}
