/** Pure. What the commands of `npm run camera` read alike from what is typed: the one address, and seconds within bounds. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** @param command as it is typed @param what it takes, in words @throws Fault `request-invalid` where there is none, or more than one */
export function oneAddress(
  positionals: readonly string[],
  { command, what = 'camera’s' }: { readonly command: string; readonly what?: string },
): string {
  const [url] = positionals;
  if (url === undefined || positionals.length > 1)
    throw new Fault(
      'request-invalid',
      `${command} takes one ${what} address. See: npm run camera -- ${command} --help`,
    );
  return url;
}

/** @throws Fault `request-invalid`, with the bounds */
export function numberWithin(
  name: string,
  text: string | boolean,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const found = Number(text);
  if (!(found >= least && found <= most))
    throw new Fault('request-invalid', `--${name} takes a number from ${least} to ${most}, not «${text}».`);
  return found;
}
