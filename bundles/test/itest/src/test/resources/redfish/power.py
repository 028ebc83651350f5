"""Switches the computer with sushy, the Redfish library of OpenStack. Arguments: URL, user name, password, "session" or "basic"."""
import sys
import time

import sushy
from sushy import auth

url, user, password, kind = sys.argv[1:]
login = auth.SessionAuth(user, password) if kind == 'session' else auth.BasicAuth(user, password)
service = sushy.Sushy(url, auth=login)
system = service.get_system()


def await_state(state):
    deadline = time.time() + 30
    while system.power_state != state:
        if time.time() > deadline:
            sys.exit('the computer is %s, not %s' % (system.power_state, state))
        time.sleep(.2)
        system.refresh(force=True)
    print(state.value)


await_state(sushy.POWER_STATE_ON)
system.reset_system(sushy.RESET_FORCE_OFF)
await_state(sushy.POWER_STATE_OFF)
system.reset_system(sushy.RESET_ON)
await_state(sushy.POWER_STATE_ON)
system.reset_system(sushy.RESET_FORCE_RESTART)
await_state(sushy.POWER_STATE_ON)
manager, = system.managers
print(manager.manager_type.value, manager.identity)
try:
    system.set_system_boot_options(target=sushy.BOOT_SOURCE_TARGET_CD, enabled=sushy.BOOT_SOURCE_ENABLED_ONCE)
except sushy.exceptions.InvalidParameterValueError as e:
    print('CD:', type(e).__name__)
try:
    system.set_system_boot_options(enabled=sushy.BOOT_SOURCE_ENABLED_ONCE)
except sushy.exceptions.BadRequestError as e:
    print('once:', e.code, e.detail)
