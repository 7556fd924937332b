/** What cameras say they have, and what we take of it. */
import { describe, expect, it } from 'vitest';
import { readSdp } from '../../../agent/src/camera/rtsp/sdp.ts';

const base = 'rtsp://cam:554/live/';
const sdp = (...lines: string[]) => ['v=0', 's=x', ...lines, ''].join('\r\n');
const h264 = ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000'];

describe('what a camera offers', () => {
  for (const [name, text, expected] of [
    ['one track', sdp('a=control:*', ...h264, 'a=control:track1'), [base, 'rtsp://cam:554/live/track1', 96]],
    [
      'sound first',
      sdp('m=audio 0 RTP/AVP 0', 'a=control:a', ...h264, 'a=control:v'),
      [base, 'rtsp://cam:554/live/v', 96],
    ],
    ['an absolute address', sdp(...h264, 'a=control:rtsp://10.1.1.1/t=1'), [base, 'rtsp://10.1.1.1/t=1', 96]],
    ['a path of its own', sdp(...h264, 'a=control:/t1'), [base, 'rtsp://cam:554/live/t1', 96]],
    ['no address at all', sdp(...h264), [base, base, 96]],
    [
      'H.265 before H.264',
      sdp(
        'm=video 0 RTP/AVP 97',
        'a=rtpmap:97 H265/90000',
        'a=control:one',
        'm=video 0 RTP/AVP 98',
        'a=rtpmap:98 H264/90000',
        'a=control:two',
      ),
      [base, 'rtsp://cam:554/live/two', 98],
    ],
  ] as const)
    it(`is taken: ${name}`, () => {
      const { control, track } = readSdp(text, base);
      expect([control, track?.control, track?.payload]).toEqual(expected);
    });

  it('is not taken where it is no H.264, and its name is told', () => {
    const { track, codecs } = readSdp(
      sdp('m=video 0 RTP/AVP 26', 'm=video 0 RTP/AVP 97', 'a=rtpmap:97 H265/90000'),
      base,
    );
    expect([track, codecs]).toEqual([undefined, ['26', 'H265']]);
  });

  it('brings parameter sets, or none', () => {
    const format =
      'a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHtkAoD2hAAADAAEAAAMAFA8WLkg=,aMuDyyA=;profile-level-id=42C01E';
    const found = readSdp(sdp(...h264, format), base).track;
    expect(found?.sets.map((set) => set[0])).toEqual([0x67, 0x68]);
    const broken = readSdp(sdp(...h264, 'a=fmtp:96 sprop-parameter-sets=,,====;x'), base).track;
    expect(broken?.sets).toEqual([]);
  });
});
