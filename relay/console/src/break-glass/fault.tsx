/** Why it was refused, in words of its own where there are some. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';

export function BreakGlassFault({ fault }: { fault: Fault | undefined }) {
  const { say } = useWords();
  const key = fault && known('breakGlassFault', fault.code);
  if (!key) return <FaultWords fault={fault} />;
  return (
    <p role="alert" className={parts['fault']} data-testid="break-glass-fault">
      {say(key)}
    </p>
  );
}
