import './check.css';
import type { Check } from '../../model/check.ts';
import { CRITERIA, type Line, type Step, type StepResult } from '../../model/check-plan.ts';
import type { Source } from '../../model/source.ts';
import { originOf, sourceName } from '../../model/source-name.ts';
import { criterionName, lineAdvice, lineReason, stepName } from '../check-wording.ts';
import { showEvidence } from '../evidence.ts';
import { duration, number } from '../format.ts';
import { Icon, type IconName } from '../icons.tsx';
import { useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';

/** What became of each stream in each step, line by line; a click shows where it happened. */
export function CheckTable() {
  const { session, narrow, revision } = useStore();
  revision.value;
  const check = session.checks.latest;
  if (!check) return null;
  return (
    // The keys scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reached by key
    <section class="check-result" data-testid="check-result" aria-label={text('checkResults')} tabIndex={0}>
      <table class="check-table">
        <thead>
          <tr>
            <th scope="col" class="check-head">
              {text('checkStep')}
            </th>
            <th scope="col" class="check-head right">
              {text('checkRecovered')}
            </th>
            {CRITERIA.map((criterion) => (
              <th key={criterion} scope="col" class="check-head check-mark">
                <span>{criterionName(criterion)}</span>
              </th>
            ))}
            {/* Below each step, where there is no room beside it. */}
            {!narrow.value && (
              <th scope="col" class="check-head">
                {text('checkEvidence')}
              </th>
            )}
          </tr>
        </thead>
        {check.heads.map((head) => (
          <StreamRows key={head.key} check={check} head={head} isNarrow={narrow.value} />
        ))}
      </table>
    </section>
  );
}

const MARKS: Record<StepResult['result'], { icon: IconName; tone: string; words: MessageKey }> = {
  pass: { icon: 'tick', tone: 'open', words: 'checkPass' },
  fail: { icon: 'cross', tone: 'failed', words: 'checkFail' },
  unknown: { icon: 'question', tone: 'ended', words: 'checkUnknown' },
};

/** (It reads no signal: then it would not be rendered again when the check, which changes in place, went on.) */
function StreamRows({ check, head, isNarrow }: { check: Check; head: Source; isNarrow: boolean }) {
  const results = check.results.get(head.key) ?? [];
  const passed = results.filter(({ result }) => result === 'pass').length;
  const { path, query } = sourceName(head);
  return (
    <tbody>
      <tr class="check-stream" data-testid="check-stream" data-url={head.url}>
        <th scope="rowgroup" class="check-group" colSpan={CRITERIA.length + (isNarrow ? 2 : 3)}>
          <span class="check-name" title={head.url}>
            {path}
            {query !== '' && <span class="dim">{query}</span>}{' '}
            {!isNarrow && <span class="dim">{originOf(head.url)}</span>}
          </span>
          <span class="dim number check-passed">{text('checkPassed', number(passed), number(check.plan.length))}</span>
        </th>
      </tr>
      {check.plan.map((step, index) => {
        const result = results[index];
        const isRunning = !result && check.phase !== 'over' && index === check.index;
        return <StepRow key={step.name} step={step} result={result} isRunning={isRunning} isNarrow={isNarrow} />;
      })}
    </tbody>
  );
}

interface StepRowProps {
  step: Step;
  result: StepResult | undefined;
  isRunning: boolean;
  isNarrow: boolean;
}

function StepRow({ step, result, isRunning, isNarrow }: StepRowProps) {
  const of = (name: Line['criterion']) => result?.lines.find(({ criterion }) => criterion === name);
  const pending = isRunning ? <Icon name="ring" size={12} /> : '–';
  const state = result?.result ?? (isRunning ? 'running' : 'none');
  const why = result && told(result).map((line) => <Why key={line.criterion} line={line} />);
  const row = (
    <tr class={`check-step check-${state}`} data-testid="check-step" data-step={step.name} data-result={state}>
      <th scope="row" class="check-name-of-step">
        {stepName(step.name)}
      </th>
      <td class="right number">{result?.recovered === undefined ? '–' : duration(result.recovered)}</td>
      {CRITERIA.map((criterion) => {
        const line = of(criterion);
        return (
          <td key={criterion} class="check-mark" data-criterion={criterion} data-result={line?.result}>
            {line ? <LineMark line={line} /> : pending}
          </td>
        );
      })}
      {!isNarrow && <td class="check-why">{why}</td>}
    </tr>
  );
  if (!isNarrow) return row;
  return (
    <>
      {row}
      {why && (
        <tr class="check-below">
          <td class="check-why" colSpan={CRITERIA.length + 2}>
            {why}
          </td>
        </tr>
      )}
    </>
  );
}

/** What went wrong; if nothing did, what cannot be told; else how well it went. */
function told({ lines }: StepResult): readonly Line[] {
  const failed = lines.filter(({ result }) => result === 'fail');
  const chosen = failed.length > 0 ? failed : lines.filter(({ result }) => result === 'unknown');
  if (chosen.length === 0) return lines.filter(({ criterion }) => criterion === 'id-sent' || criterion === 'no-loss');
  // Several lines may have one reason.
  return chosen.filter((line, index) => chosen.findIndex(({ reason }) => reason === line.reason) === index);
}

function LineMark({ line }: { line: Line }) {
  const { icon, tone, words } = MARKS[line.result];
  return (
    <span class={`tone-${tone}`} title={lineReason(line)}>
      <Icon name={icon} size={12} />
      <span class="unseen">{text(words)}</span>
    </span>
  );
}

function Why({ line }: { line: Line }) {
  const store = useStore();
  const [first] = line.evidence;
  const says = [lineReason(line), lineAdvice(line)].filter(Boolean).join(' ');
  const tone = line.result === 'fail' ? 'tone-failed' : '';
  if (!first) return <span class={`check-reason ${tone}`}>{says}</span>;
  return (
    <button
      type="button"
      class={`check-reason check-link ${tone}`}
      data-testid="check-evidence"
      onClick={() => showEvidence(store, first)}
    >
      {says}
    </button>
  );
}
