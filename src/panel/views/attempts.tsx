import { type Attempt, isUnload, sentId, startOf, statusOf, waitBefore } from '../../model/attempt.ts';
import { explain } from '../../model/cause.ts';
import { timeToFirstByte } from '../../model/network-request.ts';
import { attemptsWithin } from '../../model/range-content.ts';
import { attemptsOf, isUnread } from '../../model/source-state.ts';
import type { Resumption } from '../../model/verdict.ts';
import { verdictsOf } from '../../model/verdict-list.ts';
import { causeAdvice, causeSentence } from '../cause-wording.ts';
import { clock, duration, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { resumptionWords } from '../verdict-wording.ts';
import { atMost, initiator, outcome } from '../wording.ts';
import { Grid, GridRow, type RowPlace } from './grid.tsx';
import type { GridColumn } from './grid-head.tsx';

const INITIATOR_ICONS = { page: 'page', browser: 'browser', lifeline: 'lifeline' } as const;

/** What there is no room for is left out, the least telling first: who carries it, who began it, the first byte, the status. */
const columns = (): GridColumn[] => [
  { name: 'number', label: text('columnNumber'), align: 'right', width: 30, least: 28, stays: true },
  { name: 'started', label: text('columnStarted'), width: 86, least: 84 },
  { name: 'initiator', label: text('columnInitiator'), width: 96, least: 96, leaves: 2 },
  {
    name: 'carried',
    label: text('columnCarried'),
    hint: text('columnCarriedHint'),
    width: 62,
    least: 62,
    leaves: 1,
  },
  { name: 'wait', label: text('columnWait'), align: 'right', width: 56, least: 54 },
  { name: 'lastEventId', label: text('columnLastEventId'), width: 88, least: 80 },
  { name: 'status', label: text('columnStatus'), width: 48, least: 44, leaves: 4 },
  {
    name: 'ttfb',
    label: text('columnTtfb'),
    hint: text('columnTtfbHint'),
    align: 'right',
    width: 56,
    least: 50,
    leaves: 3,
  },
  { name: 'events', label: text('columnEvents'), align: 'right', width: 54, least: 46 },
  { name: 'outcome', label: text('columnOutcome'), width: 140, least: 124, stays: true },
];

/** Every try of the selected source to connect; where a range is chosen, those that overlap it. */
export function Attempts() {
  const { selection, navigation, revision } = useStore();
  revision.value;
  const source = selection.source.value;
  if (!source) return null;
  const attempts = attemptsOf(source);
  const verdicts = new Map(verdictsOf(source).map((verdict) => [verdict.attempt, verdict.resumption]));
  const chosen = selection.attempt.value;
  const { first, end } = attemptsWithin(attempts, navigation.chosen.value);
  const index = attempts.findIndex((attempt) => attempt.number === chosen);
  const selected = index >= first && index < end ? index - first : undefined;
  if (first === end && attempts.length > 0) return <p class="pane-none">{text('rangeNoAttempts')}</p>;
  return (
    <Grid
      key={source.key}
      name="attempts"
      label={text('tabAttempts')}
      count={end - first}
      selected={selected}
      reveal={selected}
      select={(row) => {
        const attempt = attempts[first + row];
        if (attempt) selection.selectAttempt(source.key, attempt.number);
      }}
      grows="end"
      columns={columns()}
      row={(row, place) => {
        const attempt = attempts[first + row];
        return (
          attempt && (
            <AttemptRow
              key={place.slot}
              attempt={attempt}
              previous={attempts[first + row - 1]}
              resumption={verdicts.get(attempt.number)}
              isBlind={isUnread(source, attempt)}
              place={place}
            />
          )
        );
      }}
    />
  );
}

interface AttemptRowProps {
  attempt: Attempt;
  previous: Attempt | undefined;
  /** What became of the stream with it, if it connected again. */
  resumption: Resumption | undefined;
  /** Its events cannot be seen. */
  isBlind: boolean;
  place: RowPlace;
}

function AttemptRow({ attempt, previous, resumption, isBlind, place }: AttemptRowProps) {
  const { time, carried } = attempt;
  const lastEventId = sentId(attempt);
  const status = statusOf(attempt);
  const wait = waitBefore(attempt, previous);
  const started = startOf(attempt);
  const ttfb = attempt.request && timeToFirstByte(attempt.request);
  const { code, icon, tone, words } = outcome(attempt);
  const why = explain(attempt);
  // That nothing can be told is no outcome: the connection is.
  const verdict = resumption && resumption.type !== 'unknown' ? resumptionWords(resumption) : undefined;
  // [chrome, firefox] A page cannot see the browser's own reconnect start: the time is that of its answer.
  const isSeen = started !== undefined;
  return (
    <GridRow
      place={place}
      class={attempt.ended && isUnload(attempt.ended) ? 'dim' : ''}
      data-testid="attempt"
      data-number={attempt.number}
      data-last-event-id={lastEventId}
      data-status={status ?? ''}
      data-outcome={code}
      data-cause={why?.code ?? ''}
      data-carried={carried}
      data-verdict={resumption?.type ?? ''}
    >
      <td class="right">{number(attempt.number)}</td>
      <td title={isSeen ? undefined : text('startUnseen')}>
        {isSeen ? clock(started, 2) : text('atMost', clock(time, 2))}
      </td>
      <td>
        <span class="iconed">
          <Icon name={INITIATOR_ICONS[attempt.initiator]} size={12} />
          <span class="cut">{initiator(attempt)}</span>
        </span>
      </td>
      <td class="dim">{text(carried)}</td>
      <td class="right" title={isSeen ? undefined : text('startUnseen')}>
        {wait === undefined ? <None /> : atMost(wait.time, wait.exact)}
      </td>
      <td title={lastEventId}>{lastEventId === '' ? <None /> : lastEventId}</td>
      <td title={status === undefined ? text('statusUnseen') : undefined}>{status ?? <None />}</td>
      <td class="right">{ttfb === undefined ? <None /> : duration(ttfb)}</td>
      <td class="right">{isBlind ? <None /> : number(attempt.events)}</td>
      <td
        title={[verdict?.words, why ? causeSentence(why) : words, why && causeAdvice(why)].filter(Boolean).join('\n')}
      >
        <span class="iconed">
          {verdict && (
            <span class={`iconed tone-${verdict.tone}`}>
              <Icon name={verdict.icon} size={12} />
              <span class="cut">{verdict.words}</span>
            </span>
          )}
          {/* That it is open is the usual; why it ended is said as well, where there is room by its sign only. */}
          {(!verdict || attempt.ended) && (
            <span class={`iconed tone-${tone}`}>
              <Icon name={icon} size={12} />
              <span class={verdict ? 'unseen' : 'cut'}>{words}</span>
            </span>
          )}
        </span>
      </td>
    </GridRow>
  );
}

function None() {
  return <span class="dim">{text('none')}</span>;
}
