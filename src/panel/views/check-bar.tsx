import './check.css';
import { checkReport } from '../../model/check-report.ts';
import { reportJson } from '../../model/report-json.ts';
import { reportJunit } from '../../model/report-junit.ts';
import { reportMarkdown } from '../../model/report-markdown.ts';
import { reportWords, stepName } from '../check-wording.ts';
import { copy } from '../clipboard.ts';
import { download } from '../download.ts';
import { fileName } from '../file-name.ts';
import { duration, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { Action, Line } from './action.tsx';
import { Menu } from './menu.tsx';

/** How far the check is, what it found by now, and what can be done with that. */
export function CheckBar() {
  const { session, checkShown, now, revision } = useStore();
  revision.value;
  const check = session.checks.latest;
  if (!check || !checkShown.value) return null;
  const { phase, heads, index, plan, step } = check;
  const isOver = phase === 'over';
  const { counts } = checkReport(check, '');
  const streams = textOf('checkStreams', heads.length, number(heads.length));
  const since = duration(Math.min(check.duration, Math.max(0, now.value - check.since)));
  const where = step ? text('checkWhere', number(index + 1), number(plan.length)) : text('checkStepBaseline');
  return (
    <section class="check-bar" aria-label={text('checkTitle')} data-testid="check-bar" data-phase={phase}>
      <Icon name="shield" />
      <span class="cut">
        <b>{isOver ? text('checkDone', streams) : text('checkRuns', streams)}</b>
        {!isOver && <span class="dim"> · {where}</span>}
        {check.wasStopped && <span class="dim"> · {text('checkStopped')}</span>}
      </span>
      {!isOver && (
        <>
          <progress max={plan.length} value={Math.max(0, index)} aria-label={text('checkProgress')} />
          <button type="button" class="tool check-stop" data-testid="check-stop" onClick={() => session.checks.stop()}>
            <Icon name="square" size={12} />
            {text('checkStop')}
          </button>
          {/* Behind the button, which its changing words would move. */}
          <span class="cut number check-now">
            {step && `${stepName(step.name)}: `}
            {text(PHASES[phase], since, duration(check.duration))}
          </span>
        </>
      )}
      <span class="check-sum number" role="status">
        {isOver && <span class="unseen">{text('checkTitle')}: </span>}
        {text('checkCounts', number(counts.pass), number(counts.fail), number(counts.unknown))}
      </span>
      <Reports />
      <Action
        icon="close"
        label={text('checkClose')}
        testId="check-close"
        press={() => {
          session.checks.stop();
          checkShown.value = false;
        }}
      />
    </section>
  );
}

const PHASES = {
  baseline: 'checkPhaseBaseline',
  settle: 'checkPhaseSettle',
  witness: 'checkPhaseWitness',
  meet: 'checkPhaseMeet',
  break: 'checkPhaseBreak',
  recover: 'checkPhaseRecover',
} as const;

/** For an issue, for machines, for CI. */
function Reports() {
  const { session, now } = useStore();
  const report = () => {
    const { latest } = session.checks;
    return latest && checkReport(latest, session.log.page?.url ?? latest.heads[0]?.document.url ?? '');
  };
  const save = (ending: string, type: string, write: (found: NonNullable<ReturnType<typeof report>>) => string) => {
    const found = report();
    if (!found) return;
    const name = fileName(session.log, now.peek()).replace(/\.json$/, `-check.${ending}`);
    download(name, new Blob([write(found)], { type }));
  };
  const copyMarkdown = () => {
    const found = report();
    if (found) copy(reportMarkdown(found, reportWords()));
  };
  return (
    <Menu icon="copy" label={text('checkReport')} testId="check-report">
      <Action icon="copy" label={text('checkCopyMarkdown')} testId="check-copy" press={copyMarkdown} />
      <Line />
      <Action
        icon="export"
        label={text('checkSaveMarkdown')}
        testId="check-markdown"
        press={() => save('md', 'text/markdown', (found) => reportMarkdown(found, reportWords()))}
      />
      <Action
        icon="export"
        label={text('checkSaveJson')}
        testId="check-json"
        press={() => save('json', 'application/json', reportJson)}
      />
      <Action
        icon="export"
        label={text('checkSaveJunit')}
        testId="check-junit"
        press={() => save('xml', 'application/xml', (found) => reportJunit(found, reportWords()))}
      />
    </Menu>
  );
}
