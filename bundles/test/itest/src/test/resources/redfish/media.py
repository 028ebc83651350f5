"""Inserts an image with sushy and ejects it. Arguments: URL, user name, password, address of the image."""
import sys
import time

import sushy

url, user, password, image = sys.argv[1:]
service = sushy.Sushy(url, username=user, password=password)
system = service.get_system('/redfish/v1/Systems/default')
manager, = system.managers
drive = next(one for one in manager.virtual_media.get_members() if sushy.VIRTUAL_MEDIA_CD in one.media_types)
print('at first:', drive.inserted, drive.connected_via.value)
try:
    drive.insert_media(image)
except sushy.exceptions.HTTPError as e:
    print('refused:', e.status_code, e.detail)
    sys.exit()
deadline = time.time() + 60
while not drive.inserted and time.time() < deadline:
    time.sleep(.5)
    drive.refresh(force=True)
print('inserted:', drive.inserted, drive.image_name, drive.image, drive.write_protected)
drive.eject_media()
drive.refresh(force=True)
print('ejected:', drive.inserted, drive.image, drive.image_name)
