/** Pure. Manners of cameras that encrypt (RTSPS). */
import type { Manner } from '../manner.ts';

// biome-ignore format: one line for each manner
export const encryption: readonly Manner[] = [
  { name: 'rtsps', report: 'AlexxIT/go2rtc/issues/15', does: 'UniFi: encrypts (rtsps), by a certificate of its own that the settings name', comes: 'well', encryption: { settings: 'name-it' } },
  { name: 'rtsps-login', report: 'derived', does: 'encrypts, and asks for a Digest login', comes: 'well', login: { scheme: 'digest', password: 'a/b?c' }, encryption: { settings: 'name-it' } },
  { name: 'rtsps-h265', report: 'derived', does: 'encrypts H.265, and sends it in small pieces', comes: 'well', film: { codec: 'h265' }, packets: { chopped: 97 }, encryption: { settings: 'name-it' } },
  { name: 'rtsps-hangs-up', report: 'derived', does: 'encrypts, and hangs up 10 s after each PLAY', comes: 'well', seconds: 30, encryption: { settings: 'name-it' }, session: { ends: { after: 10, how: 'hang-up' } } },
  { name: 'rtsps-not-named', report: 'AlexxIT/go2rtc/issues/54', does: 'encrypts by a certificate of its own, and the settings name none', comes: { refused: 'camera-not-trusted', says: 'put that into the setting camera.certificate' }, encryption: { settings: 'say-nothing' } },
  { name: 'rtsps-other-certificate', report: 'home-assistant/core/issues/141694', does: 'UniFi: was reset, and shows another certificate than the settings name', comes: { refused: 'camera-not-trusted', says: 'another certificate' }, encryption: { settings: 'name-another' } },
  { name: 'rtsps-plain', report: 'derived', does: 'does not encrypt under the address that says so', comes: { refused: 'camera-not-trusted', says: 'write rtsp://' }, encryption: { settings: 'name-it', really: 'plain' } },
];
