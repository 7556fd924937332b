/** Pure. The addresses of an RTSP session: what Content-Base and `a=control` mean, as cameras write them. */
/** An address with its scheme. */
export const absolute = /^rtsps?:\/\//i;
export const authorityOf = (url: string): string => /^rtsps?:\/\/[^/?]*/i.exec(url)?.[0] ?? '';

/** What a camera says, for a line of ours: no space, and no line break, which would end it. */
export const printable = (text: string): string => text.replace(/[^\x21-\x7e]/g, '').slice(0, 512);

/** An address for a request's first line, which a space would end. */
const asTarget = (url: string): string =>
  url.replace(/[^\x21-\x7e]/gu, (one) => encodeURIComponent(one.toWellFormed()));

/** Some cameras repeat the address of the request with its credentials. */
export const withoutCredentials = (url: string): string => url.replace(/^(rtsps?:\/\/)[^/]*@/i, '$1');

/**
 * The address that relative ones of an SDP belong to (RFC 2326 §C.1.1): Content-Base, which may be empty, a path, or without scheme.
 * @param asked the address of the request
 */
export function baseOf(given: string | undefined, asked: string): string {
  const base = asTarget(withoutCredentials((given ?? '').trim()));
  if (absolute.test(base)) return base;
  if (base.startsWith('//')) return `${asked.slice(0, asked.indexOf(':'))}:${base}`;
  if (base.startsWith('/')) return authorityOf(asked) + base;
  const host = authorityOf(asked).replace(absolute, '');
  const [first = ''] = base.split('/', 1);
  const isHost = first !== '' && (first === host || /^(\d+\.){3}\d+(:\d+)?$/.test(first));
  return isHost ? asked.slice(0, asked.indexOf('://') + 3) + base : asked;
}

/** Appends the control to the base, as cameras mean it, against the rules of relative URLs (RFC 2326 §C.1.1). */
export function resolveControl(control: string | undefined, base: string): string {
  if (control === undefined || control === '*' || control === '') return base;
  const target = asTarget(control);
  if (absolute.test(target)) return withoutCredentials(target);
  return base.endsWith('/') || target.startsWith('/')
    ? base.replace(/\/$/, '') + target.replace(/^\/?/, '/')
    : `${base}/${target}`;
}

/** All that a control may mean: by the base of the description, by the address that was asked for, by the rules (RFC 3986 §5). */
export function controlsOf(control: string | undefined, base: string, asked: string): readonly string[] {
  const likely = [resolveControl(control, base), resolveControl(control, asked)];
  const byRules =
    control !== undefined && control !== '*' && URL.canParse(control, base) ? new URL(control, base).href : [];
  return [...new Set([...likely, byRules].flat())].filter((url) => absolute.test(url));
}
