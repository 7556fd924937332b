/** The figures of a console's key, made here from the key itself: what the relay tells as figures could be those of another. */
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import { useEffect, useState } from 'react';
import css from './consoles.module.css';

/** How long figures take to be compared a second time. */
export const comparing = milliseconds(8000);

/** @param of the key, Ed25519, base64url */
export function Figures({ of: key }: { of: string }) {
  const [groups, setGroups] = useState<readonly string[]>([]);
  useEffect(() => {
    let wanted = true;
    void fingerprint(fromBase64Url(key)).then((made) => wanted && setGroups(made.split(' ')));
    return () => {
      wanted = false;
    };
  }, [key]);
  return (
    <output className={css['figures']} data-testid="console-figures">
      {groups.map((group) => (
        <span key={group}>{group} </span>
      ))}
    </output>
  );
}
