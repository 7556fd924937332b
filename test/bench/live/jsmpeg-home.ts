/** The home's end of node-rtsp-stream: one ffmpeg transcodes the camera to MPEG-1 all the time, and a WebSocket sends it to every viewer. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { startHomeFfmpeg } from './home-ffmpeg.ts';

const [camera = '', host = ''] = process.argv.slice(2);
const server = new WebSocketServer({ host, port: 0, perMessageDeflate: false });
await once(server, 'listening');
// The options of node-rtsp-stream's README, with the frame rate that MPEG-1 needs and without a bitrate. Probing takes half a
// second in place of five, which shortens the trial but no delay: our camera announces sound and sends none, for which ffmpeg
// would wait.
const args = [
  ...['-v', 'error', '-analyzeduration', '500000', '-rtsp_transport', 'tcp', '-i', camera, '-an'],
  ...['-f', 'mpegts', '-codec:v', 'mpeg1video', '-r', '25', '-'],
];
const ffmpeg = startHomeFfmpeg(args);
ffmpeg.stdout.on('data', (bytes: Buffer) => {
  for (const viewer of server.clients) viewer.send(bytes);
});
await once(ffmpeg.stdout, 'data');
console.log(JSON.stringify({ url: `ws://${host}:${(server.address() as AddressInfo).port}` }));
