/** Pure. What of a stream's settings is to be put right for the unit that watches it, and what is then still to be set by hand. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { CameraStream } from '../onvif/describe.ts';
import type { EncoderChange } from '../onvif/messages.ts';

/** The unit looks at ten pictures a second; a whole one comes each second or two, so that a loss is over soon. */
const right = { rate: 12, fewest: 8, most: 31, keySeconds: 2, longestKey: 4.5 } as const;

/** @returns undefined: it is right as it is */
export function changeFor(stream: CameraStream): EncoderChange | undefined {
  const { encoding, rate, govLength } = stream;
  const isCodecWrong = encoding !== undefined && encoding !== 'H264' && encoding !== 'H265';
  const isRateWrong = rate !== undefined && (rate < right.fewest || rate > right.most);
  const rateThen = isRateWrong ? right.rate : rate;
  const isKeyWrong =
    govLength !== undefined && rateThen !== undefined && rateThen > 0 && govLength / rateThen > right.longestKey;
  if (!isCodecWrong && !isRateWrong && !isKeyWrong) return undefined;
  return {
    ...(isCodecWrong && { encoding: 'H264' as const }),
    ...(isRateWrong && { rate: right.rate }),
    ...((isKeyWrong || isRateWrong) && rateThen && { govLength: Math.round(rateThen * right.keySeconds) }),
  };
}

/** @param stream as it is set now @param wasSet something was put right */
export function streamCheck(stream: CameraStream, wasSet: boolean): Check {
  const { width, height, rate, govLength } = stream;
  const figures = {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(rate !== undefined && { picturesPerSecond: rate }),
    ...(rate && govLength !== undefined && { keyIntervalSeconds: Math.round((10 * govLength) / rate) / 10 }),
    ...(wasSet && { putRight: 1 }),
  };
  return changeFor(stream) === undefined
    ? { name: 'camera', state: 'well', code: 'connected', figures }
    : { name: 'camera', state: 'advice', code: 'to-set-right', figures };
}
