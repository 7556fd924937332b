#!/usr/bin/env bash
# httpxy (unjs, the proxy of Nitro and of Vite's preview) leaves its connection to the target open when the proxying program destroys the
# connection of a client whose WebSocket it has passed on.
#
# The two are joined by pipes, and a pipe ends the other side on «end», which destroy() does not bring; only an error of the client's
# connection ends the far one. Whoever puts a client out (a node that stops, a session that is over) keeps a socket to the target, and the
# process alive, until the target notices by itself.
# Prints the version and how many connections the target still has; ends with 1 if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund httpxy@0.5.6 >/dev/null
cat >try.mjs <<'TRY'
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createProxyServer } from 'httpxy';

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const there = new Set();
const target = createServer();
target.on('upgrade', (_request, socket) => {
  there.add(socket);
  socket.resume().once('end', () => socket.end()).once('close', () => there.delete(socket));
  socket.on('error', () => {});
  socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
});
const at = await listening(target);
const proxy = createProxyServer({});
const door = createServer();
let client;
door.on('upgrade', (request, socket, head) => {
  client = socket;
  proxy.ws(request, socket, { target: `http://127.0.0.1:${at}` }, head).catch(() => {});
});
const port = await listening(door);
const screen = connect(port, '127.0.0.1', () =>
  screen.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
);
screen.on('error', () => {});
await new Promise((resolve) => screen.once('data', resolve));
client.destroy();
await wait(2000);
const { version } = JSON.parse(readFileSync('node_modules/httpxy/package.json', 'utf8'));
console.log(`httpxy ${version}: two seconds after the client's connection was destroyed the target has ${there.size} open`);
process.exit(there.size === 1 ? 0 : 1);
TRY
node try.mjs || { echo 'CHANGED: the far connection goes with the near one now' >&2; exit 1; }
