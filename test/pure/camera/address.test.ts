/** What addresses of cameras mean, and that a password in them goes no further than the login. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { describe, expect, it } from 'vitest';
import { readRtspUrl } from '../../../agent/src/camera/rtsp/url.ts';

describe('the address of a camera', () => {
  for (const [text, name, url, user, password] of [
    ['rtsp://10.0.0.9/live', '10.0.0.9:554', 'rtsp://10.0.0.9:554/live', undefined, undefined],
    ['rtsp://anna:secret@cam.local:8554/a?b=1', 'cam.local:8554', 'rtsp://cam.local:8554/a?b=1', 'anna', 'secret'],
    ['rtsp://anna:p%40ss%3A@cam/x', 'cam:554', 'rtsp://cam:554/x', 'anna', 'p@ss:'],
    ['rtsp://anna:p@ss:1@cam/x', 'cam:554', 'rtsp://cam:554/x', 'anna', 'p@ss:1'],
    ['rtsp://anna:100%@cam/x', 'cam:554', 'rtsp://cam:554/x', 'anna', '100%'],
    ['rtsp://anna@cam', 'cam:554', 'rtsp://cam:554/', 'anna', ''],
    ['RTSP://[fe80::1]:8554/x', '[fe80::1]:8554', 'rtsp://[fe80::1]:8554/x', undefined, undefined],
    ['rtsps://anna:secret@cam/x', 'cam:322', 'rtsps://cam:322/x', 'anna', 'secret'],
    ['rtsp://anna:pa/ss?wo#rd@10.0.0.9/x?y=1', '10.0.0.9:554', 'rtsp://10.0.0.9:554/x?y=1', 'anna', 'pa/ss?wo#rd'],
    ['rtsp://anna:pa/ss@cam/x', 'cam:554', 'rtsp://cam:554/x', 'anna', 'pa/ss'],
    ['rtsp://anna:12/34@10.0.0.9:8554/x', '10.0.0.9:8554', 'rtsp://10.0.0.9:8554/x', 'anna', '12/34'],
    ['rtsp://anna:p@ss/wo@rd?@10.0.0.9/x', '10.0.0.9:554', 'rtsp://10.0.0.9:554/x', 'anna', 'p@ss/wo@rd?'],
    ['rtsp://anna:two words%@cam/x', 'cam:554', 'rtsp://cam:554/x', 'anna', 'two words%'],
    ['rtsp://anna:#1@cam', 'cam:554', 'rtsp://cam:554/', 'anna', '#1'],
    ['rtsp://anna:secret@10.0.0.9/ch@1/x', '10.0.0.9:554', 'rtsp://10.0.0.9:554/ch@1/x', 'anna', 'secret'],
    ['rtsp://10.0.0.9:554/mail=a@b.se', '10.0.0.9:554', 'rtsp://10.0.0.9:554/mail=a@b.se', undefined, undefined],
    ['rtsp://cam/a b', 'cam:554', 'rtsp://cam:554/a%20b', undefined, undefined],
    [
      'rtsp://10.0.0.9/user=admin&password=p@ss&channel=1',
      '10.0.0.9:554',
      'rtsp://10.0.0.9:554/user=admin&password=p@ss&channel=1',
      undefined,
      undefined,
    ],
    [
      'rtsp://cam/user=admin_password=secret_channel=1',
      'cam:554',
      'rtsp://cam:554/user=admin_password=secret_channel=1',
      undefined,
      undefined,
    ],
  ] as const)
    it(`reads ${text}`, () => {
      const address = readRtspUrl(text);
      expect(address).toMatchObject({ name, url });
      const { asTyped: _, ...credentials } = address.credentials ?? { user: undefined, password: undefined };
      expect(credentials).toEqual({ user, password });
    });

  for (const text of [
    '',
    'cam',
    'http://cam/x',
    'rtsp://',
    'rtsp://cam:0/x',
    'rtsp://cam:70000/x',
    'rtsp://anna:secret@/x',
  ])
    it(`refuses «${text}» without repeating it`, () => {
      const refuse = () => readRtspUrl(text);
      expect(refuse).toThrow(Fault);
      expect(refuse).not.toThrow(/secret/);
    });
});
