/** The page of one unit: how it is, what is wrong first, with cause and what to do; and what can be asked of it. */
import type { CheckView, UnitChecks } from '@nattfrid/shared/desk/serve-view';
import { CheckName } from '@nattfrid/shared/domain/check';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useSelf } from '../around/around.tsx';
import { useOwnFault, useUnitChecks } from '../around/asking-serve.ts';
import checkCss from '../check/check.module.css';
import { CheckRow } from '../check/check-row.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { When } from '../parts/when.tsx';
import { UnitWeek } from '../plot/unit-week.tsx';
import { useWords } from '../words/words.ts';
import { Asks } from './asks.tsx';
import css from './serve.module.css';

export function ServePage() {
  const { say } = useWords();
  const unit = useId() as UnitId;
  const asked = useUnitChecks(unit);
  const title = [say('serve.title'), asked.data?.client, asked.data?.place].filter(Boolean).join(' · ');
  return (
    <Page title={title} beside={<WayLink to={{ page: 'units' }}>{say('room.back')}</WayLink>} data-testid="serve">
      {asked.isPending ? <Loading /> : null}
      {asked.error && !asked.data ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <HowItIs checks={asked.data} /> : null}
    </Page>
  );
}

function HowItIs({ checks: view }: { checks: UnitChecks }) {
  const { say } = useWords();
  const [wrong, rest] = [view.checks.filter(isWrong).toSorted(worstFirst), view.checks.filter((one) => !isWrong(one))];
  return (
    <div className={css['columns']}>
      <section aria-labelledby="how-it-is" className={css['part']}>
        <h2 id="how-it-is" data-testid="to-see-to">
          {wrong.length === 0
            ? say(view.checks.length > 0 ? 'serve.all-well' : 'serve.title')
            : say('serve.to-see-to', { count: wrong.length })}
        </h2>
        <p className={css['sub']}>
          {say('place.unit', { unit: view.unit })}
          {view.agent ? ` · ${say('serve.program', { version: view.agent })}` : ''}
        </p>
        {view.isHere ? null : <p className={css['away']}>{say('serve.away')}</p>}
        {view.checks.length === 0 ? <Empty>{say('serve.never')}</Empty> : null}
        {wrong.length > 0 ? (
          <ul className={checkCss['rows']}>
            {wrong.map((check) => (
              <CheckRow key={check.name} check={check}>
                <Owner unit={view.unit} check={check} />
              </CheckRow>
            ))}
          </ul>
        ) : null}
        {rest.length > 0 ? (
          <>
            {wrong.length > 0 ? <h3 className={css['rest']}>{say('serve.rest')}</h3> : null}
            <ul className={checkCss['rows']}>
              {rest.map((check) => (
                <CheckRow key={check.name} check={check} />
              ))}
            </ul>
          </>
        ) : null}
        <UnitWeek unit={view.unit} />
      </section>
      <Asks checks={view} />
    </div>
  );
}

const isWrong = ({ state }: CheckView): boolean => state === 'fault' || state === 'advice';
/** A fault before what could be better, and of those the newest. */
const worstFirst = (one: CheckView, other: CheckView): number =>
  Number(other.state === 'fault') - Number(one.state === 'fault') || other.since.localeCompare(one.since);

/** Who sees to it, and since when it is so. */
export function Owner({ unit, check }: { unit: UnitId; check: CheckView }) {
  const { say } = useWords();
  const self = useSelf();
  const name = CheckName.safeParse(check.name).data;
  const own = useOwnFault(unit, name ?? 'power');
  const mine = check.owner?.id === self.id;
  return (
    <div className={css['owner']}>
      <span>
        {say('serve.since')} <When at={check.since} />
        {check.owner ? ` · ${say('serve.owner', { who: check.owner.name })}` : ''}
      </span>
      {name ? (
        <Press tone="quiet" busy={own.busy} press={() => own.run(!mine)} data-testid="own-fault">
          {say(mine ? 'serve.let-go' : 'serve.own')}
        </Press>
      ) : null}
      <FaultWords fault={own.fault} />
    </div>
  );
}
