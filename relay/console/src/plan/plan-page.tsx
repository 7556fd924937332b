/** The page of plans: what each client has agreed to, in words, and the upload of a newly signed plan. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useDesk, useMay } from '../around/around.tsx';
import { usePlan } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { useId, WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import css from './plan.module.css';
import { PlanWords } from './plan-words.tsx';
import { Upload } from './upload.tsx';

export function PlanPage() {
  const { say, language } = useWords();
  const units = [...useDesk().units.values()].sort((a, b) => a.client.localeCompare(b.client, language));
  const id = useId() as UnitId;
  const unit = units.find((one) => one.unit === id) ?? units[0];
  return (
    <Page title={say('plan.title')} lead={say('plan.lead')} data-testid="plans">
      {unit ? (
        <div className={css['grid']}>
          <nav className={css['homes']} aria-label={say('plan.choose')}>
            {units.map((one) => (
              <WayLink
                key={one.unit}
                to={{ page: 'plan', id: one.unit }}
                aria-current={one.unit === unit.unit ? 'page' : undefined}
              >
                {[one.client, one.place].filter(Boolean).join(' · ')}
              </WayLink>
            ))}
          </nav>
          <OnePlan key={unit.unit} unit={unit} />
        </div>
      ) : (
        <Empty>{say('unit.none')}</Empty>
      )}
    </Page>
  );
}

function OnePlan({ unit }: { unit: UnitView }) {
  const { say } = useWords();
  const coordinator = useMay('send-plan');
  const plan = usePlan(unit.unit);
  return (
    <div className={css['stack']}>
      {plan.isPending ? <Loading /> : null}
      {plan.error ? <FaultWords fault={asFault(plan.error)} /> : null}
      {plan.data?.plan ? <PlanWords plan={plan.data.plan} taken={unit.plan} /> : null}
      {plan.data && !plan.data.plan ? <Empty>{say('plan.none')}</Empty> : null}
      {coordinator ? (
        <details>
          <summary data-testid="plan-elsewhere">{say('plan.elsewhere')}</summary>
          <Upload unit={unit.unit} />
        </details>
      ) : (
        <p className={`${parts['card']} ${css['quiet']}`}>{say('plan.upload.onlyCoordinator')}</p>
      )}
    </div>
  );
}
