"""The product itself, from its distribution, as an ordinary user; and its viewers."""
import http.client, json, os, socket, subprocess, threading, time
from control_socket import Closed, ControlSocket
from host import PATIENCE, until

USER = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
PORT = 8080
PASSWORD = 'three odd words'


class Catseye:
    def __init__(self, distribution, home, *features):
        self.home, self.log, self.cookie = home, open('/ctl/catseye.log', 'w+'), ''
        os.makedirs(home + '/config', exist_ok=True)
        with open(home + '/password', 'w') as f:
            f.write(PASSWORD + '\n')
        subprocess.run(['chown', '-R', '65534:65534', home], check=True)
        options = [option for feature in features for option in ('--feature', feature)]
        started = time.time()
        self.process = subprocess.Popen([*USER, 'env', 'CATSEYE_CDS=off', distribution + '/bin/catseye', '--port', str(PORT), '--home', home,
                                         '--admin-password-file', home + '/password', *options], stdout=self.log, stderr=self.log, cwd='/')
        if not until(lambda: 'Catseye is ready' in open(self.log.name).read() or self.process.poll() is not None, PATIENCE * 4, 0.2) or self.process.poll() is not None:
            raise RuntimeError('Catseye did not start')
        self.seconds = time.time() - started

    def call(self, method, path, body=None):
        """(status, content)"""
        connection = http.client.HTTPConnection('127.0.0.1', PORT, timeout=PATIENCE * 2)
        headers = {'Origin': f'http://127.0.0.1:{PORT}', 'Cookie': self.cookie}
        if body is not None:
            headers['Content-Type'] = 'application/json'
        connection.request(method, '/api/v1/' + path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        self.cookie = (answer.getheader('Set-Cookie') or self.cookie).split(';')[0]
        text = answer.read().decode()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def login(self):
        return self.call('POST', 'session', {'user': 'admin', 'password': PASSWORD})[0]

    def checks(self):
        return self.call('GET', 'targets/default/checks')[1]

    def replug(self):
        return self.call('POST', 'targets/default/checks/org.catseye.hid.gadget/actions/replug')[0]

    def settings(self, **values):
        """Changes the driver's configuration file, as an editor would."""
        path = f'{self.home}/config/org.catseye.hid.gadget.cfg'
        with open(path + '.new', 'w') as f:
            f.writelines(f'{key} = {value}\n' for key, value in values.items())
        os.chown(path + '.new', 65534, 65534)
        os.rename(path + '.new', path)

    def viewer(self):
        return Viewer(self.cookie)

    def stop(self):
        self.process.terminate()
        return self.process.wait(PATIENCE)


class Viewer(ControlSocket):
    """A viewer with an open page; receives on a thread of its own."""
    def __init__(self, cookie):
        super().__init__(PORT, cookie)
        self.said, self.news = [], threading.Condition()
        self.receiver = threading.Thread(target=self._listen, daemon=True)
        self.receiver.start()

    def _listen(self):
        try:
            while True:
                messages = self.hear()
                with self.news:
                    self.said += messages
                    self.news.notify_all()
        except (Closed, OSError):
            pass

    def key(self, code, down):
        self.send(json.dumps({'type': 'key', 'code': code, 'down': down}))

    def keys(self, down, *codes):
        for code in codes:
            self.key(code, down)

    def say(self, kind, **fields):
        self.send(json.dumps({'type': kind, **fields}))

    def mark(self):
        with self.news:
            return len(self.said)

    def heard(self, fits, since=0, seconds=PATIENCE):
        """The first message since the mark that `fits`; waits for it. None if there is none."""
        end = time.time() + seconds
        with self.news:
            while True:
                found = next((message for message in self.said[since:] if fits(message)), None)
                if found or time.time() > end:
                    return found
                self.news.wait(max(0.01, end - time.time()))

    def hid(self, state, text='', since=0, seconds=PATIENCE):
        """The first message with this HID state whose reason contains the text."""
        return self.heard(lambda m: m['type'] == 'state' and m['hid']['state'] == state and text in m['hid']['reason'], since, seconds)

    def leds(self, since, seconds=PATIENCE, **lights):
        return self.heard(lambda m: m['type'] == 'leds' and all(m[name] == on for name, on in lights.items()), since, seconds)

    def close(self):
        self._stop_receiving()
        super().close()

    def tear(self):
        self._stop_receiving()
        super().tear()

    def _stop_receiving(self):
        """Ends the receiving thread, because the kernel does not close a socket while a thread waits for it."""
        self.tcp.shutdown(socket.SHUT_RD)
        self.receiver.join(PATIENCE)
