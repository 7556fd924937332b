/** What can be asked of a unit, each with what it does; and what came of what was asked last. */
import type { AskedView, UnitChecks } from '@nattfrid/shared/desk/serve-view';
import { surveyVerdict } from '@nattfrid/shared/domain/survey';
import { knownAnswer } from '@nattfrid/shared/wire/service-call';
import { bundleFile, useCallUnit } from '../around/asking-serve.ts';
import { CheckRow } from '../check/check-row.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { When } from '../parts/when.tsx';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { number } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './serve.module.css';

/** A night, from the evening on. */
const surveyHours = 12;

export function Asks({ checks }: { checks: UnitChecks }) {
  const { say } = useWords();
  const ask = useCallUnit(checks.unit);
  const survey = checks.asked.find(({ type }) => type === 'survey');
  const answer = survey?.answer && knownAnswer(survey.answer);
  const isMeasuring = answer?.type === 'surveyed' && !answer.over;
  const off = { busy: ask.busy, disabled: !checks.isHere };
  return (
    <section aria-label={say('unit.acts')} className={css['part']}>
      <Press {...off} press={() => ask.run({ type: 'diagnose' })} data-testid="ask-diagnose">
        {say('serve.again')}
      </Press>
      <FaultWords fault={ask.fault} />
      <Act words={say('serve.dark.words')}>
        <Press tone="quiet" {...off} press={() => ask.run({ type: 'try-dark' })} data-testid="ask-dark">
          {say('serve.dark')}
        </Press>
      </Act>
      <Act words={say('serve.test-fall.words')}>
        <Press tone="quiet" {...off} press={() => ask.run({ type: 'test-fall' })} data-testid="ask-test-fall">
          {say('serve.test-fall')}
        </Press>
      </Act>
      <Act words={say('serve.survey.words')}>
        {isMeasuring ? (
          <Press tone="quiet" {...off} press={() => ask.run({ type: 'survey-over' })}>
            {say('serve.survey.over')}
          </Press>
        ) : (
          <Press
            tone="quiet"
            {...off}
            press={() => ask.run({ type: 'survey', hours: surveyHours })}
            data-testid="ask-survey"
          >
            {say('serve.survey', { hours: surveyHours })}
          </Press>
        )}
      </Act>
      <Act words={say('serve.restart.words')}>
        <PressTwice
          {...off}
          sure={say('serve.restart.sure')}
          press={() => ask.run({ type: 'restart' })}
          data-testid="ask-restart"
        >
          {say('serve.restart')}
        </PressTwice>
      </Act>
      <Act words={say('serve.bundle.words')}>
        <Press tone="quiet" {...off} press={() => ask.run({ type: 'bundle' })} data-testid="ask-bundle">
          {say('serve.bundle')}
        </Press>
        {checks.bundle ? (
          <a href={bundleFile(checks.unit)} download>
            {say('serve.bundle.ready')} (<When at={checks.bundle.at} />)
          </a>
        ) : null}
      </Act>
      {checks.asked.length > 0 ? (
        <ul className={css['asked']}>
          {checks.asked.map((one) => (
            <AskedEntry key={one.call} asked={one} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

const Act = ({ words, children }: { words: string; children: React.ReactNode }) => (
  <div className={css['act']}>
    {children}
    <p className={css['sub']}>{words}</p>
  </div>
);

function AskedEntry({ asked }: { asked: AskedView }) {
  const { say, language } = useWords();
  const key = known('asked', asked.type);
  const answer = asked.answer && knownAnswer(asked.answer);
  return (
    <li data-testid="asked" data-type={asked.type}>
      <b>{key ? say(key) : asked.type}</b>
      <span className={css['sub']}>
        {say('serve.asked', { who: asked.by })} <When at={asked.at} />
      </span>
      <p>{answer ? came(answer, say, (value) => number(value, language)) : say('serve.waits')}</p>
      {answer?.type === 'dark-tried' ? (
        <ul className={css['one']}>
          <CheckRow check={answer.check} />
        </ul>
      ) : null}
    </li>
  );
}

/** In a sentence; what has a place of its own on the page is not said twice. */
function came(
  answer: NonNullable<ReturnType<typeof knownAnswer>>,
  say: Say,
  figure: (value: number) => string,
): string {
  switch (answer.type) {
    case 'refused':
      return say(`whyNotServed.${answer.why}`);
    case 'surveyed': {
      const { samples, lost, worst = 0 } = answer;
      const verdict = surveyVerdict(answer);
      const lostWords = lost > 0 ? ` ${say('serve.survey.lost', { lost, samples })}` : '';
      const words = verdict
        ? say(`serve.survey.${verdict}`, { worst: figure(worst) })
        : say('serve.survey.so-far', { samples });
      return `${answer.over ? '' : `${say('serve.survey.goes-on')} `}${words}${lostWords}`;
    }
    case 'updating':
      return `${say(`updating.${answer.state}`)}${answer.percent ? ` ${answer.percent} %` : ''}`;
    case 'restarting':
      return say('serve.restart.words');
    case 'checked':
    case 'cameras':
    case 'camera-chosen':
    case 'dark-tried':
    case 'test-fall-raised':
    case 'proofs':
    case 'ready-taken':
    case 'bundle':
    case 'wiping':
      return say('serve.answered');
  }
}
