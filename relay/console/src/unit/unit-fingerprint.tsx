/** The fingerprint of a unit's key, to compare with the unit's label in the home. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import { useEffect, useState } from 'react';

export function UnitFingerprint({ unit: { publicKey } }: { unit: UnitView }) {
  const [figures, setFigures] = useState('');
  useEffect(() => {
    let wanted = true;
    void fingerprint(fromBase64Url(publicKey)).then((made) => wanted && setFigures(made));
    return () => {
      wanted = false;
    };
  }, [publicKey]);
  return <span data-testid="unit-fingerprint">{figures}</span>;
}
