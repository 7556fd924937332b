/** gst-rtsp-server as a camera, where the machine has it: an implementation independent of ours. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const python = '/usr/bin/python3';
const wanted = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";
export const hasGstCamera = spawnSync(python, ['-c', wanted]).status === 0;
if (!hasGstCamera)
  console.log('Skipped: cameras played by gst-rtsp-server (apt-get install gir1.2-gst-rtsp-server-1.0 python3-gi).');

export interface GstCamera extends AsyncDisposable {
  readonly url: string;
}

/** Plays an mp4 with H.264: once for each viewer; `shared`: to all of them at once, as a camera does; `udp`: over UDP alone; `tls:FILE`: with a login, encrypted by the certificate and key of the file; `coded:x265`: a Matroska file with MJPEG, coded anew while it plays, for each viewer or once for all. */
export async function startGstCamera(
  file: string,
  login?: { user: string; password: string },
  manner:
    | 'each'
    | 'shared'
    | 'udp'
    | `tls:${string}`
    | `coded:${'x264' | 'x265'}`
    | `coded:${'x264' | 'x265'}:shared` = 'each',
): Promise<GstCamera> {
  const script = join(import.meta.dirname, 'gst-camera.py');
  const child = spawn(python, [script, file, login?.user ?? '', manner], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(`${login?.password ?? ''}\n`);
  const [port] = await once(child.stdout, 'data');
  const credentials = login ? `${login.user}:${encodeURIComponent(login.password)}@` : '';
  return {
    url: `${manner.startsWith('tls:') ? 'rtsps' : 'rtsp'}://${credentials}127.0.0.1:${String(port).trim()}/night`,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
