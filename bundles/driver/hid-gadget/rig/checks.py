"""Checks: one line each, counted."""
import sys

passed, failed, what = 0, 0, ''


def about(words):
    """What the next checks are about."""
    global what
    what = words


def check(name, good, found=''):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok  ' if good else 'FAIL'} {what}: {name}" + ('' if good else f': {found}'), flush=True)
    return good


def equal(name, expected, found):
    return check(name, expected == found, f'expected {expected}, found {found}')


def run(scenarios, wanted, *arguments):
    """Each of them, or those that are wanted. One that breaks must not hide the others."""
    for scenario in scenarios:
        if not wanted or scenario.__name__ in wanted:
            try:
                scenario(*arguments)
            except Exception as e:
                check(scenario.__name__, False, repr(e))


def finish():
    print(f'{passed} passed, {failed} failed', flush=True)
    sys.exit(failed > 0)
