/** Program in the home's namespace: a camera that plays a recording over RTSP, and a ping echo. Prints its addresses, then the time at which the film began. */
import { startTestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { openEcho } from './ping.ts';

process.stdin.resume().once('end', () => process.exit());
const [file = '', host = '127.0.0.1'] = process.argv.slice(2);
const camera = await startTestCamera({ file, port: 0, user: 'unit', password: 'night' });
const echo = await openEcho(host);
console.log(JSON.stringify({ url: camera.url, echo: echo.port }));
console.log(JSON.stringify({ began: await camera.began }));
