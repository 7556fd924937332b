/**
 * Pure. What cameras of one make want otherwise, as data: the paths of their streams, their ports, what they do not bear. A profile is chosen
 * in the settings by its name, or proposed by the maker that a camera names by ONVIF. A new one is an entry here, and no code.
 */
import type { KeepAliveMethod } from './rtsp/keep-alive.ts';

export interface CameraProfile {
  /** How the maker calls itself by ONVIF, and under which other names it is sold; absent: no maker's. */
  readonly makers?: RegExp;
  /** Path of the small stream, taken where the address has none. */
  readonly path?: string;
  /** Path of the large stream. */
  readonly largePath?: string;
  /** Of RTSP, where the address names none. */
  readonly port?: number;
  /** Of ONVIF. */
  readonly onvifPort?: number;
  /** Its pictures over TCP are damaged, or come in lumps. */
  readonly over?: 'udp';
  /** Requests after which it ends the session: tried last. */
  readonly endsAfter?: readonly KeepAliveMethod[];
  /** What to see to on its own page. */
  readonly hint: string;
}

const table = {
  axis: {
    makers: /^axis/i,
    path: '/axis-media/media.amp?videocodec=h264&resolution=640x360&fps=15',
    largePath: '/axis-media/media.amp?videocodec=h264&resolution=1280x720&fps=15',
    onvifPort: 80,
    hint: 'Zipstream: GOP mode fixed, GOP length 15. ONVIF has users of its own (System > ONVIF).',
  },
  hikvision: {
    makers: /hik|ezviz|hilook|safire/i,
    path: '/Streaming/Channels/102',
    largePath: '/Streaming/Channels/101',
    onvifPort: 80,
    hint: 'H.264+ and H.265+ off. ONVIF is off in new cameras: Network > Advanced > Integration Protocol, with a user of its own.',
  },
  dahua: {
    makers: /dahua|amcrest|lorex|imou|kbvision/i,
    path: '/cam/realmonitor?channel=1&subtype=1',
    largePath: '/cam/realmonitor?channel=1&subtype=0',
    onvifPort: 80,
    hint: 'Smart Codec off. The sub stream has to be switched on before it gives pictures.',
  },
  reolink: {
    makers: /reolink/i,
    path: '/h264Preview_01_sub',
    largePath: '/h264Preview_01_main',
    onvifPort: 8000,
    hint: 'RTSP and ONVIF are off in new cameras: Network > Advanced > Port Settings. I-frame interval 1x.',
  },
  tapo: {
    makers: /tp-?link|tapo/i,
    path: '/stream2',
    largePath: '/stream1',
    onvifPort: 2020,
    hint: 'The login is the «camera account» that is made in its app, and not the account of the app.',
  },
  uniview: {
    makers: /uniview|^unv/i,
    path: '/unicast/c1/s1/live',
    largePath: '/unicast/c1/s0/live',
    onvifPort: 80,
    hint: 'U-Code off.',
  },
  vivotek: {
    makers: /vivotek/i,
    path: '/live1s2.sdp',
    largePath: '/live1s1.sdp',
    onvifPort: 80,
    hint: 'Smart stream off, intra frame period 1 s.',
  },
  milesight: {
    makers: /milesight/i,
    path: '/sub',
    largePath: '/main',
    onvifPort: 80,
    hint: 'Smart stream off.',
  },
  'over-udp': {
    over: 'udp',
    hint: 'For a camera whose pictures over TCP are damaged; a firewall on the unit has to let UDP in.',
  },
  'no-get-parameter': {
    endsAfter: ['GET_PARAMETER', 'SET_PARAMETER'],
    hint: 'For a camera that ends its session some seconds after it was asked with GET_PARAMETER: it is asked with OPTIONS.',
  },
} as const satisfies Readonly<Record<string, CameraProfile>>;

export type ProfileName = keyof typeof table;
export const profiles: Readonly<Record<ProfileName, CameraProfile>> = table;
export const profileNames = Object.keys(table) as readonly ProfileName[] as readonly [ProfileName, ...ProfileName[]];

/** @param maker as ONVIF says it */
export const profileOf = (maker: string): ProfileName | undefined =>
  profileNames.find((name) => profiles[name].makers?.test(maker));
