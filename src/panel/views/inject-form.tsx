import './inject-form.css';
import { useState } from 'preact/hooks';
import {
  EMPTY_INJECT,
  type InjectDraft,
  type InjectProblem,
  injectOf,
  withInjected,
} from '../../model/inject-draft.ts';
import type { Source } from '../../model/source.ts';
import { sourceName } from '../../model/source-name.ts';
import { stateOf } from '../../model/source-state.ts';
import { memoryOf, putFault } from '../fault-memory.ts';
import { number } from '../format.ts';
import { leftOutWords, severalOf } from '../reach.ts';
import { useStore } from '../store.ts';
import { type MessageKey, text, textOf } from '../text.ts';
import { FormDialog, FormField, FormProblem, Input } from './fault-form-dialog.tsx';

const PROBLEMS: Record<InjectProblem, MessageKey> = {
  none: 'injectNone',
  retry: 'injectWrongRetry',
  id: 'injectWrongId',
};

/** An event of the user's own, into the selected source. It stays for the next one, and has those that were sent. */
export function InjectForm({ closed }: { closed(): void }) {
  const { session, selection, revision } = useStore();
  revision.value;
  const memory = memoryOf(session);
  const source = selection.source.value;
  const [draft, setDraft] = useState<InjectDraft>(memory.injected.value[0] ?? EMPTY_INJECT);
  const [sent, setSent] = useState(0);
  const [wasTried, setTried] = useState(false);
  const result = injectOf(draft);
  const problem = wasTried && 'problem' in result ? result.problem : undefined;
  const chosen = severalOf(selection.chosen.value);
  const into = chosen?.filter(isOpen);
  const hindrance = into ? (into.length > 0 ? undefined : text('injectNoneOpen')) : hindranceOf(source);
  const write = (name: Exclude<keyof InjectDraft, 'noData'>) => (value: string) =>
    setDraft({ ...draft, [name]: value });
  /** It stays for the next event. */
  const submit = (): boolean => {
    setTried(true);
    if (hindrance !== undefined || !source || !('fault' in result)) return false;
    putFault(session, result.fault, into ? { type: 'sources', sources: into } : { type: 'source', source });
    memory.injected.value = withInjected(memory.injected.value, draft);
    setSent(sent + 1);
    setTried(false);
    return false;
  };
  return (
    <FormDialog title={text('injectTitle')} testId="inject-form" submit={submit} closed={closed}>
      {into && chosen ? (
        <p class="form-hint">
          {[textOf('injectSeveral', into.length, number(into.length)), leftOutWords(chosen, into)]
            .filter(Boolean)
            .join('. ')}
        </p>
      ) : (
        source && <p class="form-hint cut">{text('injectInto', sourceName(source).path)}</p>
      )}
      <FormField label={text('injectEvent')} name="event">
        <Input name="event" value={draft.event} write={write('event')} />
      </FormField>
      <FormField label={text('injectId')} name="id">
        <Input name="id" value={draft.id} isWrong={problem === 'id'} write={write('id')} />
      </FormField>
      <div class="inject-data">
        <label for="field-data">{text('injectData')}</label>
        <textarea
          id="field-data"
          spellcheck={false}
          value={draft.noData ? '' : draft.data}
          placeholder={text(draft.noData ? 'injectNoDataHint' : 'injectEmptyHint')}
          disabled={draft.noData}
          onInput={({ currentTarget }) => write('data')(currentTarget.value)}
        />
        <label class="inject-no-data">
          <input
            type="checkbox"
            data-testid="inject-no-data"
            checked={draft.noData}
            onChange={({ currentTarget }) => setDraft({ ...draft, noData: currentTarget.checked })}
          />
          {text('injectNoData')}
        </label>
      </div>
      <FormField label={text('injectRetry')} name="retry" unit={text('unitMilliseconds')}>
        <Input name="retry" value={draft.retry} isNumber hasUnit isWrong={problem === 'retry'} write={write('retry')} />
      </FormField>
      <FormProblem words={hindrance ?? (problem && text(PROBLEMS[problem]))} />
      <div class="form-ends">
        {/* aria-disabled, not disabled: it has the focus when the source closes. */}
        <button type="submit" class="button" data-testid="inject-send" aria-disabled={hindrance !== undefined}>
          {text('injectSend')}
        </button>
        <span class="dim number" role="status">
          {sent > 0 && textOf('injectSent', sent, number(sent))}
        </span>
      </div>
      <History choose={setDraft} />
    </FormDialog>
  );
}

const isOpen = (source: Source) => !source.networkOnly && stateOf(source) === 'open';

/** Why nothing can be sent to it. */
function hindranceOf(source: Source | undefined): string | undefined {
  if (!source) return text('injectNobody');
  if (source.networkOnly) return text('wrongNetworkOnly');
  return stateOf(source) === 'open' ? undefined : text('injectNotOpen', sourceName(source).path);
}

function History({ choose }: { choose(draft: InjectDraft): void }) {
  const { session } = useStore();
  const history = memoryOf(session).injected.value;
  if (history.length === 0) return null;
  return (
    <div class="inject-history">
      <hr class="form-line" />
      <h3>{text('injectHistory')}</h3>
      <ul data-testid="inject-history">
        {history.map((one) => (
          <li key={JSON.stringify(one)}>
            <button type="button" class="inject-again" onClick={() => choose(one)}>
              <b>{one.event || 'message'}</b>
              {one.id !== '' && <span class="tag">{one.id}</span>}
              <span class="mono cut dim">{one.noData ? text('injectNoData') : one.data || "''"}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
