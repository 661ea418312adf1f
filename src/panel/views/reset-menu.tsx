import type { Target } from '../../devtools/fault-desk.ts';
import type { Source } from '../../model/source.ts';
import { sourceName } from '../../model/source-name.ts';
import { isFaultable, isResettable } from '../../model/source-state.ts';
import type { Resume } from '../../protocol/command.ts';
import { memoryOf, putFault } from '../fault-memory.ts';
import { time } from '../fault-words.ts';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { faultable, leftOutWords, meantBy, resettable, severalOf, targetOfChosen } from '../reach.ts';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { Item, ItemGroup, Line, Segment, Switch } from './action.tsx';
import { Menu } from './menu.tsx';

const OUTAGES = [1000, 5000, 30_000];

/** The caret of a row's reset: every other way to lose its connection. */
export function ResetMenu({ source, isCursor }: { source: Source; isCursor: boolean }) {
  const { session, selection } = useStore();
  const { path } = sourceName(source);
  const sources = meantBy(source, selection.chosen.value);
  const several = severalOf(sources);
  const label = several ? waysWords(several) : text('resetMenu', path);
  return (
    <Menu
      icon="caret"
      label={label}
      hint={session.imported ? text('importedHint') : `${label} (⇧R)`}
      testId="reset-menu"
      id={`reset-menu-${source.key}`}
      look="source-caret"
      tabIndex={isCursor ? 0 : -1}
      isDisabled={session.imported !== undefined}
      press={(key) => {
        if (key.toLowerCase() !== 'r') return false;
        session.reset(resettable(sources));
        return true;
      }}
    >
      <ItemGroup title={several ? resetWords(several) : text('reset', path)}>
        <Resets sources={sources} />
      </ItemGroup>
      <Line />
      <Witness sources={several ? faultable(several) : sources} />
    </Menu>
  );
}

/** The caret of the reset of those that are selected. */
export function ResetSeveralMenu({ sources }: { sources: readonly Source[] }) {
  return (
    <Menu icon="caret" label={waysWords(sources)} testId="reset-several-menu" look="toolbar-caret">
      <ItemGroup title={resetWords(sources)}>
        <Resets sources={sources} />
      </ItemGroup>
      <Line />
      <Witness sources={faultable(sources)} />
    </Menu>
  );
}

/** `Reset 3 sources`: of those that are selected, as many as can be. */
export function resetWords(sources: readonly Source[]): string {
  const { length } = resettable(sources);
  return textOf('resetSeveral', length, number(length));
}

function waysWords(sources: readonly Source[]): string {
  const { length } = resettable(sources);
  return textOf('resetSeveralMenu', length, number(length));
}

/** The caret of *Reset all*. */
export function ResetAllMenu() {
  return (
    <Menu icon="caret" label={text('resetAllMenu')} testId="reset-all-menu" look="toolbar-caret">
      <ItemGroup title={text('resetAllStreams')}>
        <Resets sources={undefined} />
      </ItemGroup>
    </Menu>
  );
}

/** Of one source, of several, or of all. */
function Resets({ sources }: { sources: readonly Source[] | undefined }) {
  const { session, lanes, selection } = useStore();
  const memory = memoryOf(session);
  const of = (can: (source: Source) => boolean): Target => (sources && targetOfChosen(sources, can)) ?? { type: 'all' };
  // What a page script cannot reach can only be reset as the browser does it, with the id.
  const canKeep = (sources ?? lanes.value).some(isResettable);
  const canPut = canKeep && (!sources || sources.some(isFaultable));
  const events = memory.events.value;
  const left = leftOutWords(resettable(sources ?? []), faultable(sources ?? []));
  /** What the reset that keeps the id can do, and nothing else. */
  const hint = (label: string) => (sources && sources.length > 1 && left !== '' ? `${label}. ${left}` : label);
  const target = of(isFaultable);
  const reset = (resume: Resume) => () =>
    putFault(session, { type: 'reset', resume }, resume.type === 'kept' ? of(isResettable) : target);
  const ask = (type: 'reset' | 'outage', resume: string) => {
    const [only, ...others] = sources ?? [];
    if (only && others.length === 0) selection.selectSource(only.key);
    memory.form.value = { type, on: sources ? 'source' : 'all', draft: { resume, events: `${events}` } };
  };
  const outage = (duration: number) =>
    putFault(session, { type: 'outage', duration, resume: { type: 'kept' } }, target);
  return (
    <>
      <Item
        icon="flag"
        label={text('resumeKept')}
        keys={sources && 'R'}
        testId="resume-kept"
        isDisabled={!canKeep}
        press={reset({ type: 'kept' })}
      />
      <Item
        icon="noflag"
        label={text('resumeDropped')}
        hint={hint(text('resumeDropped'))}
        testId="resume-dropped"
        isDisabled={!canPut}
        press={reset({ type: 'dropped' })}
      />
      <Item
        icon="repeated"
        label={textOf('resumeOld', events, number(events))}
        hint={hint(textOf('resumeOld', events, number(events)))}
        testId="resume-old"
        isDisabled={!canPut}
        press={reset({ type: 'old', events })}
      />
      <Item
        label={text('resumeOther')}
        hint={hint(text('resumeOther'))}
        testId="resume-other"
        isDisabled={!canPut}
        press={() => ask('reset', 'given')}
      />
      <Line />
      {/* biome-ignore lint/a11y/useSemanticElements: a menu may have no fieldset in it */}
      <div class="menu-row" role="group" aria-label={text('putOutage')}>
        <span class="menu-picture">
          <Icon name="bolt" />
        </span>
        <span aria-hidden="true">{text('putOutage')}</span>
        <span class="menu-segments">
          {OUTAGES.map((duration) => (
            <Segment
              key={duration}
              label={hint(text('putOutageFor', time(duration)))}
              words={time(duration)}
              testId={`outage-${duration}`}
              isDisabled={!canPut}
              press={() => outage(duration)}
            />
          ))}
          <Segment
            label={text('putOutageOther')}
            words="…"
            testId="outage-other"
            isDisabled={!canPut}
            press={() => ask('outage', 'kept')}
          />
        </span>
      </div>
      <Item
        icon="cross"
        label={text('putFail')}
        hint={hint(text('putFail'))}
        testId="fail-now"
        isDisabled={!canPut}
        press={() => putFault(session, { type: 'fail' }, target)}
      />
    </>
  );
}

/** On while each has one open: these are facts of the page's, which come after they were asked for. */
function Witness({ sources }: { sources: readonly Source[] }) {
  const { session } = useStore();
  const hasOne = ({ witnesses }: Source) => witnesses.length > 0 && witnesses.at(-1)?.to === undefined;
  const isOn = sources.length > 0 && sources.every(hasOne);
  return (
    <Switch
      label={text('putWitness')}
      hint={text('putWitnessHint')}
      testId="witness"
      isOn={isOn}
      toggle={() => {
        for (const source of sources) if (hasOne(source) === isOn) session.witness(source, !isOn);
      }}
    />
  );
}
