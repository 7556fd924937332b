/** Pure. A camera's address with what its profile knows: port and path, where the address itself says none. */
import type { CameraProfile } from './profiles.ts';
import { readRtspUrl } from './rtsp/url.ts';

/**
 * `rtsp://user:password@host` becomes the profile's stream; an address with a path of its own stays as it is.
 * @throws Fault `config-invalid`, without the address in its words
 */
export function withProfile(
  url: string,
  profile: Pick<CameraProfile, 'path' | 'largePath' | 'port'> | undefined,
  stream: 'small' | 'large' = 'small',
): string {
  const { url: plain, credentials, name } = readRtspUrl(url);
  const path = plain.slice(plain.indexOf(name) + name.length);
  const wanted = stream === 'large' ? profile?.largePath : profile?.path;
  if (wanted === undefined || path !== '/') return url;
  const said = /:\d{1,5}\/?$/.test(url.trim());
  const host = profile?.port === undefined || said ? name : name.replace(/:\d+$/, `:${profile.port}`);
  const login = credentials
    ? `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@`
    : '';
  return `${plain.slice(0, plain.indexOf('://') + 3)}${login}${host}${wanted}`;
}
