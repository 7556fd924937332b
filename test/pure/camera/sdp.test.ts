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

  for (const [name, text, codec, payload] of [
    [
      'H.265 where there is no H.264',
      sdp('m=video 0 RTP/AVP 26', 'm=video 0 RTP/AVP 97', 'a=rtpmap:97 H265/90000'),
      'h265',
      97,
    ],
    ['MJPEG where there is nothing else, and nobody names it', sdp('m=video 0 RTP/AVP 26', 'a=control:v'), 'mjpeg', 26],
    ['MJPEG by name', sdp('m=video 0 RTP/AVP 98', 'a=rtpmap:98 JPEG/90000'), 'mjpeg', 98],
    [
      'H.264 beside another format of the same track',
      sdp('m=video 0 RTP/AVP 99 96', 'a=rtpmap:99 VP8/90000', 'a=rtpmap:96 H264/90000'),
      'h264',
      96,
    ],
    ['H.264 in small letters and without a clock', sdp('m=video 0 RTP/AVP 96', 'a=rtpmap: 96 h264'), 'h264', 96],
    [
      'H.264 that only its parameters tell',
      sdp('m=video 0 RTP/AVP 96', 'a=fmtp:96 profile-level-id=42C01E'),
      'h264',
      96,
    ],
    ['a description without a beginning', 'm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:t', 'h264', 96],
    ['lines that end by a line feed alone', sdp(...h264).replaceAll('\r', ''), 'h264', 96],
    ['lines that begin and end by spaces', sdp(...h264).replaceAll('\r\n', ' \r\n '), 'h264', 96],
  ] as const)
    it(`is taken: ${name}`, () => {
      const { track } = readSdp(text, base);
      expect([track?.codec, track?.payload, track?.clockRate]).toEqual([codec, payload, 90_000]);
    });

  it('is not taken where nothing can be decoded, and its name is told', () => {
    const { track, codecs } = readSdp(
      sdp('m=video 0 RTP/AVP 100', 'm=video 0 RTP/AVP 97', 'a=rtpmap:97 VP9/90000'),
      base,
    );
    expect([track, codecs]).toEqual([undefined, ['100', 'VP9']]);
  });

  it('has a control that can be meant in several ways: all are tried', () => {
    const asked = 'rtsp://cam:554/main?ch=1';
    expect(readSdp(sdp(...h264, 'a=control:/track1'), 'rtsp://cam:554/main/', asked).controls).toEqual([
      'rtsp://cam:554/main/track1',
      'rtsp://cam:554/main?ch=1/track1',
      'rtsp://cam:554/track1',
    ]);
  });

  it('brings parameter sets, or none', () => {
    const format =
      'a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHtkAoD2hAAADAAEAAAMAFA8WLkg=,aMuDyyA=;profile-level-id=42C01E';
    const found = readSdp(sdp(...h264, format), base).track;
    expect(found?.sets.map((set) => set[0])).toEqual([0x67, 0x68]);
    const broken = readSdp(sdp(...h264, 'a=fmtp:96 sprop-parameter-sets=,,====;x'), base).track;
    expect(broken?.sets).toEqual([]);
  });

  it('brings several parameter sets of a kind, and start codes in front of them', () => {
    const unit = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
    const sets = [unit(0x67, 1, 2, 3), unit(0, 0, 0, 1, 0x67, 4, 5, 6, 0, 0, 0, 1, 0x68, 7, 8, 9), unit(0x68, 1, 1, 1)];
    const track = readSdp(sdp(...h264, `a=fmtp:96 sprop-parameter-sets=${sets.join(',')}`), base).track;
    expect(track?.sets.map((set) => [...set])).toEqual([
      [0x67, 1, 2, 3],
      [0x67, 4, 5, 6],
      [0x68, 7, 8, 9],
      [0x68, 1, 1, 1],
    ]);
  });

  it('brings the parameter sets of H.265 in the order of decoding, and whether units are numbered', () => {
    const unit = (type: number) => Buffer.from([type << 1, 1, 2, 3]).toString('base64');
    const format = `a=fmtp:97 sprop-pps=${unit(34)}; sprop-sps=${unit(33)};sprop-vps=${unit(32)}; sprop-max-don-diff=2`;
    const { track } = readSdp(sdp('m=video 0 RTP/AVP 97', 'a=rtpmap:97 H265/90000', format), base);
    expect(track?.sets.map((set) => (set[0] ?? 0) >> 1)).toEqual([32, 33, 34]);
    expect(track?.donl).toBe(true);
  });
});
