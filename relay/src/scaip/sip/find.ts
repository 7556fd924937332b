/** Where a SIP address is: as it is typed, or out of DNS where no port is given (SRV, RFC 3263 section 4.2). */
import { resolveSrv } from 'node:dns/promises';
import { type Address, serviceName, type Transport, usualPort } from './address.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
}

export type FindPlaces = (address: Address, transport: Transport) => Promise<readonly Place[]>;

/** In the order in which they are tried. A name without such a record is taken as it is, at the usual port. */
export const findPlaces: FindPlaces = async ({ host, port }, transport) => {
  const plain = host.replace(/^\[|\]$/g, '');
  const usual = [{ host: plain, port: port ?? usualPort[transport] }];
  if (port !== undefined || /^[0-9.]+$|:/.test(plain)) return usual;
  const records = await resolveSrv(`${serviceName[transport]}.${plain}`).catch(() => []);
  const known = records.filter(({ name }) => name !== '');
  if (known.length === 0) return usual;
  return known
    .toSorted((one, other) => one.priority - other.priority || other.weight - one.weight)
    .map(({ name, port: at }) => ({ host: name, port: at }));
};
