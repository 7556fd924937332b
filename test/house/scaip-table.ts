/** Pure. The table of docs/scaip.md, out of the relay's own. */
import { usualCodes } from '@nattfrid/relay/scaip/mapping';

const begins = '<!-- scaip -->\n';
const ends = '<!-- /scaip -->';

/** @param page docs/scaip.md as it is @returns as it should be */
export function withScaipTable(page: string): string {
  const lines = Object.entries(usualCodes).map(
    ([event, { group, about, mty, dty, stc, lco, stt }]) =>
      `| \`${event}\` | ${about} | ${group ?? 'always'} | ${mty} | ${dty} | ${stc} | ${lco ?? ''} | ${stt ?? ''} |`,
  );
  const table = [
    '| event | what has happened | group | mty | dty | stc | lco | stt |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ];
  const [before = '', rest = ''] = page.split(begins);
  return `${before}${begins}${table.join('\n')}\n${ends}${rest.slice(rest.indexOf(ends) + ends.length)}`;
}
