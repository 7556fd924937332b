/** The home's end of WebRTC: ten pictures a second of the camera into libwebrtc (VP8, its own rate control), signalling over a WebSocket. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import wrtc from '@roamhq/wrtc';
import { WebSocketServer } from 'ws';
import { startHomeFfmpeg } from './home-ffmpeg.ts';

const [camera = '', host = ''] = process.argv.slice(2);
const { RTCPeerConnection, nonstandard } = wrtc;
const [width, height] = [640, 360];
const size = (width * height * 3) / 2;

const source = new nonstandard.RTCVideoSource();
const ffmpeg = startHomeFfmpeg([
  ...['-v', 'error', '-fflags', 'nobuffer', '-flags', 'low_delay', '-probesize', '32', '-analyzeduration', '0'],
  ...['-rtsp_transport', 'tcp', '-threads', '1', '-i', camera, '-vf', `fps=10,scale=${width}:${height}`],
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'],
]);
const picture = new Uint8Array(size);
let filled = 0;
ffmpeg.stdout.on('data', (bytes: Buffer) => {
  for (let from = 0; from < bytes.length; ) {
    const part = bytes.subarray(from, from + size - filled);
    picture.set(part, filled);
    from += part.length;
    filled += part.length;
    if (filled < size) continue;
    filled = 0;
    source.onFrame({ width, height, data: picture });
  }
});

const server = new WebSocketServer({ host, port: 0 });
server.on('connection', async (socket) => {
  const peer = new RTCPeerConnection();
  const track = source.createTrack();
  peer.addTrack(track);
  peer.onicecandidate = ({ candidate }: { candidate: unknown }) =>
    candidate && socket.send(JSON.stringify({ candidate }));
  socket.on('close', () => {
    track.stop();
    peer.close();
  });
  socket.on('message', async (data) => {
    const word = JSON.parse(String(data));
    if (word.candidate) await peer.addIceCandidate(word.candidate).catch(() => {});
    else await peer.setRemoteDescription(word.answer);
  });
  await peer.setLocalDescription(await peer.createOffer());
  socket.send(JSON.stringify({ offer: peer.localDescription }));
});
await once(server, 'listening');
await once(ffmpeg.stdout, 'data');
console.log(JSON.stringify({ url: `ws://${host}:${(server.address() as AddressInfo).port}` }));
