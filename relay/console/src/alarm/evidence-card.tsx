/** The evidence of an alarm, in words and figures. */
import type { Evidence } from '@nattfrid/shared/domain/alarm';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';
import css from './alarm.module.css';
import { evidenceWords, figureWords } from './figures.ts';

export function EvidenceCard({ evidence }: { evidence: Evidence }) {
  const { say, language } = useWords();
  const figures = figureWords(evidence, language, say);
  return (
    <section className={parts['card']} aria-labelledby="evidence" data-testid="evidence" data-code={evidence.code}>
      <h2 id="evidence">{say('alarm.what')}</h2>
      <p>{evidenceWords(evidence, say)}</p>
      {figures.length > 0 ? (
        <dl className={css['figures']}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {evidence.models.length > 0 ? (
        <p className={css['models']}>{say('alarm.models', { models: evidence.models.join(', ') })}</p>
      ) : null}
    </section>
  );
}
