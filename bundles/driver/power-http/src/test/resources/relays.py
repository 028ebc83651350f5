"""Relays and smart plugs of several makers, as one server: answers as their documentation shows them. Prints its port.

usage: relays.py [--user NAME:PASSWORD] [--digest] [--token TOKEN] [--certificate FILE --key FILE]
"""
import argparse
import base64
import hashlib
import http.server
import json
import re
import ssl
import sys
import time
import urllib.parse

options = argparse.ArgumentParser()
options.add_argument('--user')
options.add_argument('--digest', action='store_true')
options.add_argument('--token')
options.add_argument('--certificate')
options.add_argument('--key')
options = options.parse_args()

on = False
stuck = False
requests = []
NONCE = '1f2e3d4c'


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


class Relay(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, text, status=200, kind='application/json', **headers):
        body = text.encode()
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        self.wfile.write(body)

    def authorized(self):
        given = self.headers.get('Authorization', '')
        if options.token:
            return given == 'Bearer ' + options.token
        if not options.user:
            return True
        if not options.digest:
            return given == 'Basic ' + base64.b64encode(options.user.encode()).decode()
        user, password = options.user.split(':')
        found = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', given)}
        expected = sha256(':'.join([sha256(f'{user}:relay:{password}'), NONCE, found.get('nc', ''), found.get('cnonce', ''), 'auth',
                                    sha256(f'{self.command}:{self.path}')]))
        return given.startswith('Digest ') and found.get('nonce') == NONCE and found.get('uri') == self.path and found.get('response') == expected

    def do_GET(self):
        global on, stuck
        url = urllib.parse.urlsplit(self.path)
        query = {name: values[0] for name, values in urllib.parse.parse_qs(url.query).items()}
        body = self.rfile.read(int(self.headers.get('Content-Length', 0))).decode()
        if url.path == '/test':
            on, stuck = query['on'] == '1', 'stuck' in query
            requests.clear()
            return self.answer('')
        if url.path == '/test/requests':
            return self.answer('\n'.join(requests), kind='text/plain')
        if not self.authorized():
            challenge = f'Digest qop="auth", realm="relay", nonce="{NONCE}", algorithm=SHA-256' if options.digest else 'Basic realm="relay"'
            requests.append('401 ' + self.headers.get('Authorization', 'none').split(' ')[0])
            return self.answer('', 401, WWW_Authenticate=challenge)
        requests.append(f'{self.command} {self.path} {self.headers.get("Content-Type", "")} {body}'.strip())
        handler = getattr(self, 'serve_' + url.path.strip('/').split('/')[0], None)
        return handler(url.path, query, body) if handler else self.answer('no such page', 404, 'text/plain')

    do_POST = do_PUT = do_GET

    def switch(self, value):
        global on
        on = on if stuck else value

    # Shelly of the first generation
    def serve_relay(self, path, query, _):
        if path != '/relay/0':
            return self.answer('Bad relay channel!', 400, 'text/plain')
        if 'turn' in query:
            self.switch(query['turn'] == 'on')
        return self.answer(json.dumps({'ison': on, 'has_timer': False, 'timer_started': 0, 'timer_duration': 0, 'timer_remaining': 0,
                                       'overpower': False, 'source': 'http'}))

    # Shelly of the second generation
    def serve_rpc(self, path, query, _):
        if query.get('id') != '0':
            return self.answer(json.dumps({'code': -105, 'message': "Argument 'id', value 7 not found!"}), 500)
        if path == '/rpc/Switch.Set':
            was_on = on
            self.switch(query['on'] == 'true')
            return self.answer(json.dumps({'was_on': was_on}))
        return self.answer(json.dumps({'id': 0, 'source': 'HTTP_in', 'output': on, 'apower': 8.9, 'voltage': 237.5, 'current': 0.095,
                                       'aenergy': {'total': 6.532, 'by_minute': [45.1, 47.3, 88.4], 'minute_ts': 1626935779},
                                       'temperature': {'tC': 23.5, 'tF': 74.4}}))

    # Tasmota
    def serve_cm(self, _, query, __):
        command = re.fullmatch(r'Power(1?)(?: (On|Off))?', query.get('cmnd', ''))
        if not command:
            return self.answer('{"Command":"Unknown"}')
        if command.group(2):
            self.switch(command.group(2) == 'On')
        return self.answer(json.dumps({'POWER': 'ON' if on else 'OFF'}))

    # A device with requests of its own: JSON that is posted, in chunks in return
    def serve_api(self, path, query, body):
        if path == '/api/power' and body:
            self.switch(json.loads(body)['on'])
        elif path in ('/api/press', '/api/hold', '/api/reset', '/api/wake', '/api/cycle'):
            pass
        self.send_response(200)
        self.send_header('Transfer-Encoding', 'chunked')
        self.end_headers()
        text = json.dumps({'relays': [{'state': 1 if on else 0}]}).encode()
        for part in (text[:7], text[7:]):
            self.wfile.write(b'%x\r\n%s\r\n' % (len(part), part))
        self.wfile.write(b'0\r\n\r\n')

    # Old firmware: text, HTTP/1.0, no length
    def serve_text(self, *_):
        self.wfile.write(b'HTTP/1.0 200 OK\r\n\r\nrelay is ' + (b'on' if on else b'off') + b'\r\n')
        self.close_connection = True

    def serve_elsewhere(self, *_):
        self.answer('', 302, Location='http://192.0.2.1/relay/0')

    def serve_silent(self, *_):
        self.close_connection = True

    def serve_large(self, *_):
        self.answer(' ' * 100_000)

    def serve_endless(self, *_):
        self.wfile.write(b'HTTP/1.0 200 OK\r\n\r\n')
        self.drip(b' ' * 10_000, 0)

    def serve_slow(self, *_):
        self.drip(b'HTTP/1.0 200 OK\r\n', 0)
        self.drip(b'x', 0.3)

    def serve_garbage(self, *_):
        self.wfile.write(b'SSH-2.0-OpenSSH_9.2\r\n')
        self.close_connection = True

    def drip(self, part, pause):
        self.close_connection = True
        try:
            for _ in range(100):
                self.wfile.write(part)
                self.wfile.flush()
                time.sleep(pause)
                if part.startswith(b'HTTP'):
                    return
        except OSError:
            pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Relay)
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
