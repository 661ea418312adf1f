import './fault-menu.css';
import type { DraftType } from '../../model/fault-draft.ts';
import { PRESETS, type PresetName } from '../../model/presets.ts';
import { memoryOf, onOf, patternOf, putFault, putPreset, targetOf } from '../fault-memory.ts';
import { PRESET_WORDS } from '../fault-words.ts';
import { faultable, isSomebody, leftOutWords, selectedWords, severalOf } from '../reach.ts';
import { useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';
import { Item, ItemGroup, Line, RadioItem } from './action.tsx';
import { Menu } from './menu.tsx';

const SINGLE: readonly (readonly [DraftType | 'inject', MessageKey])[] = [
  ['reset', 'askReset'],
  ['outage', 'askOutage'],
  ['refuse', 'askRefuse'],
  ['respond', 'askRespond'],
  ['hang', 'askHang'],
  ['silence', 'askSilence'],
  ['delay', 'askDelay'],
  ['throttle', 'askThrottle'],
  ['burst', 'askBurst'],
  ['cut', 'askCut'],
  ['drop', 'askDrop'],
  ['duplicate', 'askDuplicate'],
  ['reorder', 'askReorder'],
  ['chaos', 'askChaos'],
];

/** Everything that can be broken on purpose: for whom, by what name people use, or fault by fault. */
export function FaultMenu() {
  return (
    <Menu
      icon="bolt"
      label={text('faults')}
      hint={text('faultsHint')}
      words={text('faults')}
      testId="faults"
      look="toolbar-faults"
    >
      <div class="fault-menu">
        <div>
          <Targets />
          <Line />
          <Presets />
        </div>
        <Singles />
      </div>
    </Menu>
  );
}

function Targets() {
  const { session, selection } = useStore();
  const memory = memoryOf(session);
  const source = selection.source.value;
  const chosen = selection.chosen.value;
  const on = onOf(memory.on.value, source);
  const pattern = patternOf(memory, source);
  const choose = (one: typeof on) => () => {
    memory.on.value = one;
  };
  return (
    <ItemGroup title={text('putOn')}>
      {source && (
        <RadioItem
          label={selectedWords(chosen)}
          hint={[selectedWords(chosen), severalOf(chosen) && leftOutWords(chosen, faultable(chosen))]
            .filter(Boolean)
            .join('\n')}
          testId="on-source"
          isOn={on === 'source'}
          press={choose('source')}
        />
      )}
      {pattern !== '' && (
        <RadioItem
          label={text('putOnPattern', pattern)}
          testId="on-pattern"
          isOn={on === 'pattern'}
          press={choose('pattern')}
        />
      )}
      <RadioItem label={text('putOnAll')} testId="on-all" isOn={on === 'all'} press={choose('all')} />
    </ItemGroup>
  );
}

function Presets() {
  const { session, selection } = useStore();
  const memory = memoryOf(session);
  const chaos = memory.chaos.value;
  const target = targetOf(memory, selection.source.value, selection.chosen.value);
  const canPut = isSomebody(target);
  return (
    <ItemGroup title={text('putPresets')}>
      {(Object.keys(PRESETS) as PresetName[]).map((name) => {
        const [label, hint] = PRESET_WORDS[name];
        return (
          <Item
            key={name}
            icon="bolt"
            label={text(label)}
            hint={text(hint)}
            testId={`preset-${name}`}
            isDisabled={!canPut}
            press={() => putPreset(session, name, target)}
          />
        );
      })}
      {chaos && (
        <Item
          icon="reset"
          label={text('chaosAgain', `${chaos.seed}`)}
          testId="chaos-again"
          press={() => putFault(session, chaos.fault, chaos.target, { seed: chaos.seed })}
        />
      )}
    </ItemGroup>
  );
}

function Singles() {
  const { session, selection } = useStore();
  const memory = memoryOf(session);
  const ask = (type: DraftType | 'inject') => () => {
    memory.form.value = { type, on: onOf(memory.on.value, selection.source.value) };
  };
  const target = targetOf(memory, selection.source.value, selection.chosen.value);
  const canPut = isSomebody(target);
  return (
    <div>
      <ItemGroup title={text('putSingle')}>
        {SINGLE.map(([type, label]) => (
          <Item key={type} label={text(label)} testId={`ask-${type}`} isDisabled={!canPut} press={ask(type)} />
        ))}
        <Item
          label={text('putFail')}
          testId="ask-fail"
          isDisabled={!canPut}
          press={() => putFault(session, { type: 'fail' }, target)}
        />
      </ItemGroup>
      <Line />
      <Item icon="plus" label={text('askInject')} testId="ask-inject" press={ask('inject')} />
    </div>
  );
}
