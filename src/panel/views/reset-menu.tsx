import type { Source } from '../../model/source.ts';
import { sourceName } from '../../model/source-name.ts';
import { isResettable } from '../../model/source-state.ts';
import type { Resume } from '../../protocol/command.ts';
import { memoryOf, putFault } from '../fault-memory.ts';
import { time } from '../fault-words.ts';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { Item, ItemGroup, Line, Segment, Switch } from './action.tsx';
import { Menu } from './menu.tsx';

const OUTAGES = [1000, 5000, 30_000];

/** The caret of a row's reset: every other way to lose its connection. */
export function ResetMenu({ source, isSelected }: { source: Source; isSelected: boolean }) {
  const { session } = useStore();
  const { path } = sourceName(source);
  const reset = () => isResettable(source) && session.reset(source);
  return (
    <Menu
      icon="caret"
      label={text('resetMenu', path)}
      hint={session.imported ? text('importedHint') : `${text('resetMenu', path)} (⇧R)`}
      testId="reset-menu"
      id={`reset-menu-${source.key}`}
      look="source-caret"
      tabIndex={isSelected ? 0 : -1}
      isDisabled={session.imported !== undefined}
      press={(key) => {
        if (key.toLowerCase() !== 'r') return false;
        reset();
        return true;
      }}
    >
      <ItemGroup title={text('reset', path)}>
        <Resets source={source} />
      </ItemGroup>
      <Line />
      <Witness source={source} />
    </Menu>
  );
}

/** The caret of *Reset all*. */
export function ResetAllMenu() {
  return (
    <Menu icon="caret" label={text('resetAllMenu')} testId="reset-all-menu" look="toolbar-caret">
      <ItemGroup title={text('resetAllStreams')}>
        <Resets source={undefined} />
      </ItemGroup>
    </Menu>
  );
}

/** Of one source, or of all. */
function Resets({ source }: { source: Source | undefined }) {
  const { session, lanes, selection } = useStore();
  const memory = memoryOf(session);
  const target = source ? ({ type: 'source', source } as const) : ({ type: 'all' } as const);
  // What a page script cannot reach can only be reset as the browser does it, with the id.
  const canKeep = source ? isResettable(source) : lanes.value.some(isResettable);
  const canPut = canKeep && !source?.networkOnly;
  const events = memory.events.value;
  const reset = (resume: Resume) => () => putFault(session, { type: 'reset', resume }, target);
  const ask = (type: 'reset' | 'outage', resume: string) => {
    if (source) selection.selectSource(source.key);
    memory.form.value = { type, on: target.type, draft: { resume, events: `${events}` } };
  };
  const outage = (duration: number) =>
    putFault(session, { type: 'outage', duration, resume: { type: 'kept' } }, target);
  return (
    <>
      <Item
        icon="flag"
        label={text('resumeKept')}
        keys={source && 'R'}
        testId="resume-kept"
        isDisabled={!canKeep}
        press={reset({ type: 'kept' })}
      />
      <Item
        icon="noflag"
        label={text('resumeDropped')}
        testId="resume-dropped"
        isDisabled={!canPut}
        press={reset({ type: 'dropped' })}
      />
      <Item
        icon="repeated"
        label={textOf('resumeOld', events, number(events))}
        testId="resume-old"
        isDisabled={!canPut}
        press={reset({ type: 'old', events })}
      />
      <Item
        label={text('resumeOther')}
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
              label={text('putOutageFor', time(duration))}
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
        testId="fail-now"
        isDisabled={!canPut}
        press={() => putFault(session, { type: 'fail' }, target)}
      />
    </>
  );
}

/** On while one is open: that is a fact of the page's, which comes after it was asked for. */
function Witness({ source }: { source: Source }) {
  const { session } = useStore();
  const last = source.witnesses.at(-1);
  const isOn = last !== undefined && last.to === undefined;
  return (
    <Switch
      label={text('putWitness')}
      hint={text('putWitnessHint')}
      testId="witness"
      isOn={isOn}
      toggle={() => session.witness(source, !isOn)}
    />
  );
}
