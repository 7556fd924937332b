import { type ProfileName, profileNames, profileOf, profiles } from '@nattfrid/agent/camera/profiles';
import { readRtspUrl } from '@nattfrid/agent/camera/rtsp/url';
import { withLogin } from '@nattfrid/agent/camera/rtsp/with-login';
import { withProfile } from '@nattfrid/agent/camera/with-profile';
import { describe, expect, it } from 'vitest';

describe('a profile of cameras', () => {
  for (const [maker, name] of [
    ['AXIS', 'axis'],
    ['HIKVISION', 'hikvision'],
    ['EZVIZ', 'hikvision'],
    ['Dahua', 'dahua'],
    ['Amcrest', 'dahua'],
    ['TP-Link', 'tapo'],
    ['Reolink', 'reolink'],
    ['UNIVIEW', 'uniview'],
    ['Taxis & Sons', undefined],
    ['', undefined],
  ] as const)
    it(`is ${name ?? 'none'} for the maker «${maker}»`, () => expect(profileOf(maker)).toBe(name));

  for (const name of profileNames)
    it(`${name}: has paths that can stand in an address, and a word for the technician`, () => {
      const { path, largePath, hint } = profiles[name];
      for (const one of [path, largePath])
        if (one !== undefined) expect(readRtspUrl(`rtsp://h${one}`).url).toBe(`rtsp://h:554${one}`);
      expect(hint).toMatch(/^[A-Z].*\.$/);
    });

  for (const [story, url, name, wanted] of [
    ['an address without a path', 'rtsp://192.0.2.5', 'tapo', 'rtsp://192.0.2.5:554/stream2'],
    ['one that ends with its host', 'rtsp://192.0.2.5:8554/', 'tapo', 'rtsp://192.0.2.5:8554/stream2'],
    ['one with a path of its own', 'rtsp://192.0.2.5/stream1', 'tapo', 'rtsp://192.0.2.5/stream1'],
    ['no profile', 'rtsp://192.0.2.5', undefined, 'rtsp://192.0.2.5'],
    ['a profile without a path', 'rtsp://192.0.2.5', 'over-udp', 'rtsp://192.0.2.5'],
    ['an encrypted camera', 'rtsps://192.0.2.5', 'milesight', 'rtsps://192.0.2.5:322/sub'],
  ] as const)
    it(`fills in ${story}`, () => {
      const profile = name === undefined ? undefined : profiles[name as ProfileName];
      expect(withProfile(url, profile)).toBe(wanted);
    });

  it('keeps the login, however odd it is', () => {
    for (const password of ['p@ss/word?', '100%25', 'å:#', '']) {
      const url = withProfile(withLogin('rtsp://192.0.2.5', { user: 'a b', password }), profiles.dahua);
      expect(readRtspUrl(url)).toMatchObject({
        url: 'rtsp://192.0.2.5:554/cam/realmonitor?channel=1&subtype=1',
        credentials: { user: 'a b', password },
      });
    }
  });

  it('takes the port of its make where the address names none', () => {
    expect(withProfile('rtsp://h', { path: '/x', port: 88 })).toBe('rtsp://h:88/x');
    expect(withProfile('rtsp://h:554', { path: '/x', port: 88 })).toBe('rtsp://h:554/x');
  });
});
