"""Controls the Java driver over a pipe; the driver runs as an ordinary user."""
import os, queue, subprocess, threading, time
from host import PATIENCE


class Driver:
    USER = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

    def __init__(self, classpath, *settings):
        os.makedirs('/tmp/driver', mode=0o777, exist_ok=True)
        os.chmod('/tmp/driver', 0o777)
        self.process = subprocess.Popen(
            [*self.USER, 'java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Djna.tmpdir=/tmp/driver', '-cp', classpath,
             'org.catseye.hid.gadget.RigDriver', *settings],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open('/ctl/driver.log', 'a'), text=True, cwd='/')
        self.answers, self.said, self.news = queue.Queue(), [], threading.Condition()
        self.lock = threading.Lock()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            line = line.rstrip()
            if line.startswith('! '):
                with self.news:
                    self.said.append(line[2:])
                    self.news.notify_all()
            else:
                self.answers.put(line)

    def send(self, command):
        """(accepted, milliseconds, message)"""
        with self.lock:
            self.process.stdin.write(command + '\n')
            self.process.stdin.flush()
            kind, micros, message = (self.answers.get(timeout=PATIENCE * 4) + ' ').split(' ', 2)
        return kind == 'ok', int(micros) / 1000, message.strip()

    def mark(self):
        with self.news:
            return len(self.said)

    def heard(self, prefix, since=0, seconds=PATIENCE):
        """Whether a line with this prefix was printed since the mark; waits for it."""
        end = time.time() + seconds
        with self.news:
            while not any(line.startswith(prefix) for line in self.said[since:]):
                if time.time() > end or not self.news.wait(max(0.01, end - time.time())):
                    return any(line.startswith(prefix) for line in self.said[since:])
            return True

    def stop(self):
        self.process.stdin.close()
        return self.process.wait(PATIENCE)
