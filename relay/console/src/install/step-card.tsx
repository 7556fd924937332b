/** One step: its drawing, what to do, how it stands, and what can be pressed. */
import type { InstallStep, StepView, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { useConfirmStep, useInstallPapers, useSignedStep, useTryStep } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { WayLink } from '../parts/way.tsx';
import type { SayKey } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { CameraStep } from './camera-step.tsx';
import css from './install.module.css';
import { RoomStep } from './room-step.tsx';
import { StepPicture } from './step-picture.tsx';
import { doWords, figureWords, whyWords } from './step-words.ts';
import { ViewDrawing } from './view-drawing.tsx';

export function StepCard({ order, view }: { order: WorkOrderView; view: StepView }) {
  const { say } = useWords();
  const { step, state, by } = view;
  const why = whyWords(view, say);
  const help = doWords(view, say);
  const figure = figureWords(view, say);
  return (
    <section className={css['card']} aria-labelledby="step" data-testid="step-card" data-step={step} data-state={state}>
      <StepPicture step={step} state={state} />
      <h2 id="step">{say(`step.${step}`)}</h2>
      <p className={css['do']}>{say(`step.do.${step}`)}</p>
      <div className={css['state']} data-state={state} role="status" data-testid="step-state">
        <b>{say(`step.state.${state}`)}</b>
        {why ? <p>{why}</p> : null}
        {help ? <p>{help}</p> : null}
        {figure ? <p>{figure}</p> : null}
        {by && state === 'done' ? <p>{say('step.by', { who: by })}</p> : null}
      </div>
      <Acts order={order} view={view} />
    </section>
  );
}

function Acts({ order, view }: { order: WorkOrderView; view: StepView }) {
  const { step, state } = view;
  const { order: id, unit } = order;
  switch (step) {
    case 'pair':
      return null;
    case 'power':
    case 'signal':
    case 'time':
      return <Try order={id} view={view} words="step.act.check" />;
    case 'camera':
      return <CameraStep order={order} view={view} />;
    case 'infrared':
      return <Try order={id} view={view} words="step.act.dark" />;
    case 'view':
      return (
        <>
          {unit ? <ViewDrawing unit={unit} /> : null}
          <Try order={id} view={view} words="step.act.view" />
        </>
      );
    case 'room':
      return unit ? <RoomStep order={order} unit={unit} /> : null;
    case 'plan':
      return state === 'fault' ? <Coordinator order={id} /> : null;
    case 'sign':
      return (
        <>
          <WayLink to={{ page: 'install-papers', id }} className={css['link'] ?? ''} data-testid="papers">
            <Words words="step.act.papers" />
          </WayLink>
          {state === 'done' ? null : <Confirm order={id} step={step} words="step.act.sign" />}
        </>
      );
    case 'test-look':
      return <Try order={id} view={view} words="step.act.test-look" />;
    case 'test-fall':
      return <Try order={id} view={view} words="step.act.test-fall" />;
    case 'power-cut':
      if (state === 'done' || state === 'waits') return null;
      return (
        <Confirm order={id} step={step} words={state === 'fault' ? 'step.act.power-cut.again' : 'step.act.power-cut'} />
      );
    case 'wipe':
      return state === 'done' ? (
        <WayLink to={{ page: 'install-record', id }} className={css['link'] ?? ''}>
          <Words words="orders.record" />
        </WayLink>
      ) : (
        <Wipe order={order} view={view} />
      );
  }
}

const Words = ({ words }: { words: SayKey }) => <>{useWords().say(words)}</>;

/** Asks the unit; pressed again, asks anew. */
function Try({ order, view, words }: { order: string; view: StepView; words: SayKey }) {
  const { say } = useWords();
  const act = useTryStep(order, view.step);
  const isDone = view.state === 'done';
  return (
    <>
      <Press
        large={!isDone}
        wide
        tone={isDone ? 'bare' : 'cool'}
        busy={act.busy || view.state === 'waits'}
        press={() => act.run({})}
        data-testid="try-step"
      >
        {say(view.state === 'fault' ? 'step.tryAgain' : words)}
      </Press>
      <FaultWords fault={act.fault} />
    </>
  );
}

function Confirm({ order, step, words }: { order: string; step: InstallStep; words: SayKey }) {
  const { say } = useWords();
  const act = useConfirmStep(order, step);
  return (
    <>
      <Press large wide tone="cool" busy={act.busy} press={() => act.run(undefined)} data-testid="confirm-step">
        {say(words)}
      </Press>
      <FaultWords fault={act.fault} />
    </>
  );
}

function Wipe({ order, view }: { order: WorkOrderView; view: StepView }) {
  const { say } = useWords();
  const ask = useSignedStep(order, 'wipe');
  const confirm = useConfirmStep(order.order, 'wipe');
  const sure = say('step.act.wipe.sure');
  return (
    <>
      <PressTwice sure={sure} busy={ask.busy || view.state === 'waits'} press={() => ask.run({})} data-testid="wipe">
        {say('step.act.wipe')}
      </PressTwice>
      {view.state === 'fault' ? (
        <PressTwice sure={sure} busy={confirm.busy} press={() => confirm.run(undefined)} data-testid="wipe-said">
          {say('step.act.wipe.said')}
        </PressTwice>
      ) : null}
      <FaultWords fault={ask.fault ?? confirm.fault} />
    </>
  );
}

/** Whom to call, as it stands on the sign. */
function Coordinator({ order }: { order: string }) {
  const { say } = useWords();
  const telephone = useInstallPapers(order).data?.facts.contact?.telephone;
  if (telephone === undefined) return null;
  return (
    <a href={`tel:${telephone.replace(/[^+\d]/g, '')}`} className={css['link']} data-testid="call-coordinator">
      {say('plan.call', { telephone })}
    </a>
  );
}
