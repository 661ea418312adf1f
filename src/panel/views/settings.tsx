import './settings.css';
import type { ComponentChildren } from 'preact';
import {
  DEFAULT_SETTINGS,
  ENTRY_LIMITS,
  hidesColumns,
  isDefault,
  SIZE_LIMITS,
  withAllColumns,
} from '../../model/settings.ts';
import { memory, number } from '../format.ts';
import { useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';
import { Dialog } from './dialog.tsx';

/** What the user may decide for all sessions; all of it takes effect at once. Calls `closed` when it has gone. */
export function Settings({ closed }: { closed(): void }) {
  const { settings, changeSettings } = useStore();
  const { time, density, limits } = settings.value;
  return (
    <Dialog title={text('settings')} look="settings" testId="settings-dialog" closed={closed}>
      <Choice
        title={text('settingTime')}
        name="time"
        value={time}
        options={{ clock: 'settingTimeClock', relative: 'settingTimeRelative' }}
        choose={(chosen) => changeSettings({ time: chosen })}
      />
      <Choice
        title={text('settingDensity')}
        name="density"
        value={density}
        options={{ compact: 'settingDensityCompact', comfortable: 'settingDensityComfortable' }}
        choose={(chosen) => changeSettings({ density: chosen })}
      />
      <Group title={text('settingLimits')}>
        <Limit
          label={text('settingEntries')}
          name="entries"
          value={limits.entries}
          offered={ENTRY_LIMITS}
          write={number}
          choose={(entries) => changeSettings({ limits: { ...limits, entries } })}
        />
        <Limit
          label={text('settingSize')}
          name="size"
          value={limits.size}
          offered={SIZE_LIMITS}
          write={memory}
          choose={(size) => changeSettings({ limits: { ...limits, size } })}
        />
        <p class="dim">{text('settingLimitsHint')}</p>
      </Group>
      <NetworkResets />
      <div class="settings-ends">
        {hidesColumns(settings.value) && (
          <button
            type="button"
            class="button-plain"
            data-testid="settings-columns"
            onClick={() => changeSettings({ columns: withAllColumns(settings.value) })}
          >
            {text('settingColumns')}
          </button>
        )}
        {/* aria-disabled, not disabled: it has the focus when there is nothing left for it to do. */}
        <button
          type="button"
          class="button-plain"
          data-testid="settings-defaults"
          aria-disabled={isDefault(settings.value)}
          onClick={() => changeSettings(DEFAULT_SETTINGS)}
        >
          {text('settingDefaults')}
        </button>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="settings-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** Where the browser can end responses in the network: may we? It is asked in a page where it lets us ask. */
function NetworkResets() {
  const { allowed, permissionsPage } = useStore();
  const { networkReset } = allowed.value;
  if (networkReset === 'impossible') return null;
  const isAllowed = networkReset === 'allowed';
  return (
    <Group title={text('networkTitle')}>
      <div class="settings-limit">
        {isAllowed && <span>{text('settingNetworkAllowed')}</span>}
        <button type="button" class="button-plain" data-testid="settings-network" onClick={permissionsPage.show}>
          {text(isAllowed ? 'settingPermissions' : 'networkAsk')}
        </button>
      </div>
      <p class="dim">{text('networkAskHint')}</p>
    </Group>
  );
}

interface ChoiceProps<Value extends string> {
  title: string;
  name: string;
  value: Value;
  options: Record<Value, MessageKey>;
  choose(value: Value): void;
}

function Choice<Value extends string>({ title, name, value, options, choose }: ChoiceProps<Value>) {
  return (
    <Group title={title}>
      {(Object.keys(options) as Value[]).map((option) => (
        <label key={option} class="settings-option">
          <input
            type="radio"
            name={name}
            value={option}
            data-testid={`settings-${option}`}
            checked={option === value}
            onChange={() => choose(option)}
          />
          {text(options[option])}
        </label>
      ))}
    </Group>
  );
}

interface LimitProps {
  label: string;
  name: string;
  value: number;
  offered: readonly number[];
  write(value: number): string;
  choose(value: number): void;
}

function Limit({ label, name, value, offered, write, choose }: LimitProps) {
  // Another version may have offered others.
  const values = [...new Set([...offered, value])].sort((one, other) => one - other);
  return (
    <label class="settings-limit">
      <span>{label}</span>
      <select
        class="number"
        data-testid={`settings-${name}`}
        value={`${value}`}
        onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
      >
        {values.map((one) => (
          <option key={one} value={`${one}`}>
            {write(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
