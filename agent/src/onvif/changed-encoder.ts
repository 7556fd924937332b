/** Pure. A camera's encoder configuration with a change in it, as the library takes it: what is not changed goes back as it came. */
import type { EncoderChange } from './messages.ts';

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const part = (of: Raw, name: string): Raw => {
  const found = of[name];
  return isRaw(found) ? found : {};
};

/** For text that the library puts between tags as it is. */
export const escaped = (text: string): string => text.replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** @param raw as GetVideoEncoderConfigurations told it, of Media (ver10) or Media2 (ver20) */
export function changedEncoder(raw: unknown, change: EncoderChange): Raw | undefined {
  if (!isRaw(raw)) return undefined;
  const { encoding, width, height, rate, govLength, kilobits } = change;
  const attributes = part(raw, '$');
  const rateControl = part(raw, 'rateControl');
  const h264 = part(raw, 'H264');
  const name = raw['name'];
  const becomes = encoding ?? raw['encoding'];
  return {
    ...raw,
    ...(name !== undefined && { name: escaped(String(name)) }),
    encoding: becomes,
    $: { ...attributes, ...(govLength !== undefined && 'GovLength' in attributes && { GovLength: govLength }) },
    resolution: {
      ...part(raw, 'resolution'),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
    },
    rateControl: {
      ...rateControl,
      ...(rate !== undefined && { frameRateLimit: rate }),
      ...(kilobits !== undefined && { bitrateLimit: kilobits }),
    },
    ...(Object.keys(h264).length > 0 && {
      H264: {
        govLength: govLength ?? h264['govLength'],
        profile: h264['H264Profile'],
      },
    }),
  };
}
