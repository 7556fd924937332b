/** Test alarms on the watch: below everything real, in another shape and colour, and with their own word first. */
import type { TestView } from '@nattfrid/shared/desk/serve-view';
import { useDesk } from '../around/around.tsx';
import { useTakeTest } from '../around/asking-serve.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import css from './serve.module.css';

export function TestCards() {
  const open = [...useDesk().tests.values()].filter(({ takenAt }) => takenAt === undefined);
  return open.map((test) => <TestCard key={test.alarm} test={test} />);
}

function TestCard({ test }: { test: TestView }) {
  const { say } = useWords();
  const take = useTakeTest(test.alarm);
  return (
    <article className={css['test']} data-testid="test-alarm">
      <p className={css['tag']}>
        {say('test.tag')} · <When at={test.raisedAt} />
      </p>
      <h2>{[say('test.title'), test.client, test.place].filter(Boolean).join(' · ')}</h2>
      <p>{say('test.words')}</p>
      <div>
        <Press tone="cool" busy={take.busy} press={() => take.run(undefined)} data-testid="take-test">
          {say('test.take')}
        </Press>
      </div>
      <FaultWords fault={take.fault} />
    </article>
  );
}
