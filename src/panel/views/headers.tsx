import './headers.css';
import { useState } from 'preact/hooks';
import { type Attempt, sentId, startOf } from '../../model/attempt.ts';
import { explain } from '../../model/cause.ts';
import { type NetworkRequest, protocolOf, timeToFirstByte } from '../../model/network-request.ts';
import { isSensitive } from '../../model/sensitive.ts';
import type { Source } from '../../model/source.ts';
import { attemptsOf } from '../../model/source-state.ts';
import type { Header } from '../../protocol/network.ts';
import { causeAdvice, causeSentence } from '../cause-wording.ts';
import { clock, duration, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { outcome, whatNext } from '../wording.ts';

type Fact = [name: string, value: string | undefined];

/** One attempt of the selected source: how it ended and what to do, and all that the network saw of it. */
export function Headers() {
  const { selection, revision } = useStore();
  const [shows, setShows] = useState(false);
  revision.value;
  const source = selection.source.value;
  const attempts = source ? attemptsOf(source) : [];
  const chosen = selection.attempt.value;
  const attempt = attempts.find((one) => one.number === chosen) ?? attempts.at(-1);
  if (!source || !attempt) return null;
  const { request } = attempt;
  const response = request?.response?.headers ?? [];
  const sent = request?.requestHeaders ?? [];
  const reveal = (headers: readonly Header[]) =>
    headers.some(([name]) => isSensitive(name)) && (
      <button type="button" data-testid="reveal" aria-pressed={shows} onClick={() => setShows(!shows)}>
        {text(shows ? 'hideSecrets' : 'showSecrets')}
      </button>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class="headers number" data-testid="headers" tabIndex={0}>
      <Why source={source} attempt={attempt} />
      <h3 class="headers-title">{text('attemptTitle', number(attempt.number))}</h3>
      <Facts facts={general(source, attempt)} />
      {!request && <p class="headers-none">{text('noRequest')}</p>}
      {response.length > 0 && (
        <>
          <h3 class="headers-title">
            {text('responseHeaders')}
            {reveal(response)}
          </h3>
          <Facts facts={response} shows={shows} />
        </>
      )}
      {sent.length > 0 && (
        <>
          <h3 class="headers-title">
            {text('requestHeaders')}
            {reveal(sent)}
          </h3>
          <Facts facts={sent} shows={shows} />
        </>
      )}
    </div>
  );
}

/** What happened, what the browser does next, and what to look at. */
function Why({ source, attempt }: { source: Source; attempt: Attempt }) {
  const why = explain(attempt);
  const { icon, tone, words } = outcome(attempt);
  const advice = why && causeAdvice(why);
  const next = whatNext(source, attempt);
  return (
    <div class="headers-why" role="status">
      <span class={`tone-${tone}`}>
        <Icon name={icon} size={14} />
      </span>
      <div>
        <p>
          <strong class={`tone-${tone}`}>{words}.</strong> {why && causeSentence(why)} {next}
        </p>
        {advice && (
          <p class="headers-advice">
            <b>{text('whatToDo')}</b> {advice}
          </p>
        )}
      </div>
    </div>
  );
}

function Facts({ facts, shows = true }: { facts: readonly (Fact | Header)[]; shows?: boolean }) {
  return (
    <dl class="headers-list">
      {facts.map(([name, value], index) => {
        if (value === undefined) return null;
        const isHidden = !shows && isSensitive(name);
        // A header may be there several times.
        const key = `${index} ${name}`;
        return [
          <dt key={key}>{name}</dt>,
          <dd key={`${key} value`} class={isHidden ? 'headers-hidden' : ''} data-header={name.toLowerCase()}>
            {isHidden ? text('hidden') : value}
          </dd>,
        ];
      })}
    </dl>
  );
}

function general(source: Source, attempt: Attempt): Fact[] {
  const { request, ended } = attempt;
  const start = startOf(attempt);
  return [
    [text('factUrl'), request?.url ?? source.url],
    [text('factMethod'), request?.method],
    [text('factStatus'), request?.response?.statusLine],
    [text('factProtocol'), request && protocolOf(request)],
    [text('factAddress'), request?.response?.ip],
    [text('factCache'), request?.response?.fromCache ? text('yes') : undefined],
    [text('factRedirects'), request && redirects(request)],
    [text('columnLastEventId'), sentId(attempt) || text('notSent')],
    [text('columnStarted'), start === undefined ? undefined : clock(start, 3)],
    [text('factTtfb'), request && waited(request)],
    [text('factOpenedBy'), attempt.number === 1 ? calls(source.stack) : undefined],
    [text('factClosedBy'), calls(ended?.stack)],
  ];
}

function redirects({ redirects: all }: NetworkRequest): string | undefined {
  return all.length === 0 ? undefined : all.map(({ status, to }) => `${status} → ${to}`).join('\n');
}

/** [chrome] Each line of a stack is indented, as below a message. */
const calls = (stack: string | undefined) => stack?.replaceAll(/^\s+/gm, '');

function waited(request: NetworkRequest): string | undefined {
  const time = timeToFirstByte(request);
  return time === undefined ? undefined : duration(time);
}
