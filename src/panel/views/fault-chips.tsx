import './fault-chips.css';
import { computed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Standing } from '../../devtools/fault-desk.ts';
import { type FaultLeft, faultLeft, sourcesOfLiving } from '../../model/fault-left.ts';
import { isRandom } from '../../model/fault-nature.ts';
import { putFault } from '../fault-memory.ts';
import { faultWords, leftWords, lifetimeWords, targetNames, targetWords } from '../fault-words.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** Everything that is in force, and its undo. Absent when nothing is. */
export function FaultChips() {
  const { session, revision } = useStore();
  revision.value;
  const { standing } = session.faults;
  const sources = standing.length > 0 ? sourcesOfLiving(session.log) : [];
  const bar = useRef<HTMLElement>(null);
  const isIn = useRef(false);
  // The button that had the focus went away with its chip, when the page said so.
  useLayoutEffect(() => {
    if (!isIn.current || document.activeElement !== document.body) return;
    const next =
      bar.current?.querySelector<HTMLElement>('.chip-remove') ??
      document.querySelector<HTMLElement>('[data-testid=faults]');
    isIn.current = false;
    next?.focus();
  }, [standing]);
  return (
    <>
      <span class="unseen" role="status">
        {useNews(standing)}
      </span>
      {standing.length > 0 && (
        <section
          ref={bar}
          class="chips"
          aria-label={text('inForce')}
          onFocusIn={() => {
            isIn.current = true;
          }}
          onFocusOut={({ relatedTarget }) => {
            if (relatedTarget) isIn.current = false;
          }}
        >
          <span class="chips-title" aria-hidden="true">
            {text('inForce')}
          </span>
          <ul class="chips-list">
            {standing.map((one) => (
              <Chip key={one.order} standing={one} left={one.isInForce ? faultLeft(one, sources) : undefined} />
            ))}
          </ul>
          <button type="button" class="chips-all" data-testid="remove-all" onClick={() => session.faults.removeAll()}>
            {text('removeAll')}
          </button>
        </section>
      )}
    </>
  );
}

function Chip({ standing, left }: { standing: Standing; left: FaultLeft | undefined }) {
  const { session } = useStore();
  const { order, fault, target, times, seed, isInForce } = standing;
  const words = faultWords(fault);
  const repeat = () => {
    session.faults.remove(order);
    putFault(session, fault, target, { seed, ...(times !== undefined && { times }) });
  };
  return (
    <li
      class={isInForce ? 'chip' : 'chip chip-pending'}
      data-testid="fault-chip"
      data-fault={fault.type}
      data-in-force={isInForce}
      title={isInForce ? undefined : text('chipPendingHint')}
    >
      <Icon name="bolt" size={12} />
      <span class="chip-fault cut number">{words}</span>
      <span class="chip-target cut" title={targetNames(target)}>
        {targetWords(target)}
      </span>
      <span class="chip-lifetime cut number">
        {left ? <Left left={left} times={times ?? 0} /> : lifetimeWords(standing)}
      </span>
      {isRandom(fault) && <span class="chip-seed number">{text('chipSeed', `${seed}`)}</span>}
      {!isInForce && <span class="cut">{text('chipPending')}</span>}
      {isRandom(fault) && <ChipButton icon="reset" name="repeat" label={text('chipRepeat', words)} press={repeat} />}
      <ChipButton
        icon="close"
        name="remove"
        label={text('chipRemove', words)}
        press={() => session.faults.remove(order)}
      />
    </li>
  );
}

/** Counts down: apart, as it is the only thing that changes with time, and only when its words do. */
function Left({ left, times }: { left: FaultLeft; times: number }) {
  const { now } = useStore();
  const words = useMemo(() => computed(() => leftWords(left, times, now.value)), [left, times, now]);
  return <>{words.value}</>;
}

interface ChipButtonProps {
  icon: 'reset' | 'close';
  name: 'repeat' | 'remove';
  label: string;
  press(): void;
}

function ChipButton({ icon, name, label, press }: ChipButtonProps) {
  return (
    <button
      type="button"
      class={`chip-${name}`}
      data-testid={`chip-${name}`}
      title={label}
      aria-label={label}
      onClick={press}
    >
      <Icon name={icon} size={12} />
    </button>
  );
}

/** For those who listen: what is in force, whenever that is another list. Nothing as long as there never was one. */
function useNews(standing: readonly Standing[]): string {
  const words = standing
    .filter(({ isInForce }) => isInForce)
    .map((one) => [faultWords(one.fault), targetWords(one.target), lifetimeWords(one)].join(', '))
    .join('; ');
  const [had, setHad] = useState(false);
  useEffect(() => {
    if (words !== '') setHad(true);
  }, [words]);
  if (words !== '') return text('inForceSaid', words);
  return had ? text('inForceNone') : '';
}
