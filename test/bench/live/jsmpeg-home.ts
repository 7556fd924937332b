/** The home's end of the way of node-rtsp-stream: one ffmpeg makes MPEG-1 of the camera all the time, a WebSocket hands it to everybody. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const [camera = '', host = ''] = process.argv.slice(2);
const server = new WebSocketServer({ host, port: 0, perMessageDeflate: false });
await once(server, 'listening');
// Its options, with the rate that MPEG-1 needs; no bitrate is given, as in its README. It looks at the camera for half a second
// and not for five before it begins, which shortens the trial and no delay; our camera announces sound and sends none, for
// which it would wait.
const args = [
  ...['-v', 'error', '-analyzeduration', '500000', '-rtsp_transport', 'tcp', '-i', camera, '-an'],
  ...['-f', 'mpegts', '-codec:v', 'mpeg1video', '-r', '25', '-'],
];
const ffmpeg = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
const end = () => {
  ffmpeg.kill('SIGKILL');
  process.exit(0);
};
ffmpeg.once('exit', end);
process.once('SIGTERM', end);
process.stdin.resume().once('end', end);
ffmpeg.stdout.on('data', (bytes: Buffer) => {
  for (const viewer of server.clients) viewer.send(bytes);
});
await once(ffmpeg.stdout, 'data');
console.log(JSON.stringify({ url: `ws://${host}:${(server.address() as AddressInfo).port}` }));
