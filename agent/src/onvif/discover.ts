/** Finds cameras in the unit's networks by WS-Discovery: who answers, and what they say of themselves without a login. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { z } from 'zod';
import { askOnvif } from './ask-onvif.ts';
import { printable, Text } from './readable.ts';

export interface FoundCamera {
  /** The camera's own name for itself, the same at each call. */
  readonly endpoint: string;
  readonly name: string | undefined;
  /** Model, from its scopes. */
  readonly hardware: string | undefined;
  /** Of its ONVIF service: `http://192.0.2.5/onvif/device_service`. */
  readonly addresses: readonly string[];
}

/** Cameras in one network, and bytes of what one says. */
const most = { cameras: 64, scopes: 8000, addresses: 8 } as const;

const Words = z.union([z.string(), z.object({ _: z.string() }).transform((one) => one._)]).catch('');
const ProbeMatch = z.object({
  probeMatches: z.object({
    probeMatch: z.object({
      endpointReference: z.object({ address: Text }),
      XAddrs: z.string().max(2000),
      scopes: Words,
    }),
  }),
});

/** @param through names of network interfaces. @returns each camera once, those that can be read */
export async function discoverCameras(
  through: readonly string[],
  { clock, length }: { readonly clock: Clock; readonly length: Duration },
  signal: AbortSignal,
): Promise<readonly FoundCamera[]> {
  const all = await Promise.all(
    through.map((one) =>
      askOnvif(
        { type: 'discover', through: one, milliseconds: length },
        clock,
        signal,
        seconds(length / 1000 + 10),
      ).catch(() => []),
    ),
  );
  const found = all.flatMap((one) => readFound(one));
  return [...new Map(found.map((one) => [one.endpoint, one])).values()].slice(0, most.cameras);
}

export function readFound(said: unknown): readonly FoundCamera[] {
  const list = Array.isArray(said) ? said.slice(0, most.cameras) : [];
  return list.flatMap((one): readonly FoundCamera[] => {
    const read = ProbeMatch.safeParse(one);
    if (!read.success) return [];
    const { endpointReference, XAddrs, scopes } = read.data.probeMatches.probeMatch;
    const addresses = XAddrs.split(/\s+/).filter(isAddress).slice(0, most.addresses);
    const scope = (name: string) => scopeOf(scopes.slice(0, most.scopes), name);
    if (addresses.length === 0) return [];
    return [{ endpoint: endpointReference.address, name: scope('name'), hardware: scope('hardware'), addresses }];
  });
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && printable(text) === text;
}

/** Of `onvif://www.onvif.org/hardware/P3245-V`. */
function scopeOf(scopes: string, name: string): string | undefined {
  const found = new RegExp(`onvif://www\\.onvif\\.org/${name}/([^\\s/]{1,200})`, 'i').exec(scopes)?.[1];
  if (found === undefined) return undefined;
  try {
    return printable(decodeURIComponent(found)).slice(0, 60);
  } catch {
    return printable(found).slice(0, 60);
  }
}
